namespace MlNetShallowNet.Engine;

/// <summary>
/// How the penalty is divided among features with knots: all have the same λ, until it follows their weights. Then feature f has
/// λ (mean of q / q_f)³, between half and twenty times λ, where q_f is the sum of its squared parameters. A feature that the network makes
/// little of is pressed towards nothing, where it can do no harm to rows not seen, and one that it rests on is left more freedom. As a prior
/// this is automatic relevance determination (MacKay, 1994), with a power that parts the two kinds sooner.
/// </summary>
internal sealed class FeaturePenalties(Workspace work, Ramps ramps)
{
    private const double Least = 0.5, Most = 20, Power = 3;

    private readonly float[] _factors = [.. Enumerable.Repeat(1f, ramps.Count)];

    /// <summary>The feature's λ.</summary>
    public float this[int feature] => work.L2 * _factors[feature];

    /// <summary>Divides the penalty by the weights as they are now.</summary>
    public void FollowWeights()
    {
        double[] squares = [.. Enumerable.Range(0, ramps.Count).Select(SumOfSquares)];
        double mean = squares.Average();
        if (!double.IsFinite(mean) || mean == 0)
            return;
        for (int f = 0; f < squares.Length; f++)
            _factors[f] = (float)Math.Clamp(Math.Pow(mean / squares[f], Power), Least, Most);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double SumOfSquares(int feature)
    {
        double sum = 0;
        for (int panel = 0; panel < work.Layout.PanelCount; panel++)
        {
            int width = work.Layout.WidthOf(panel), first = ramps.FirstColumns[feature], end = ramps.FirstColumns[feature + 1];
            foreach (double theta in work.Parameters.AsSpan(work.Layout.Panel(panel) + first * width, (end - first) * width))
                sum += theta * theta;
        }
        return sum;
    }
}
