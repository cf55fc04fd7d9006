
namespace MlNetShallowNet.Samples.Report.Statistics;

/// <summary>
/// How much each input moves a hidden unit: the standard deviation of what the input adds to the unit's z over the rows, negative where it
/// falls as the input grows. Of an input that the first layer reads as it is, that is its weight per standard deviation: W1 itself is small
/// for an input in millions, however much it matters. An input that is encoded has several weights, of which none says it alone.
/// </summary>
internal sealed class UnitInfluences
{
    private const int FewestRows = 50, MostRows = 1000;

    /// <summary>So many numbers at once are no burden; with very many inputs, as of free text, it takes fewer rows.</summary>
    private const int MostNumbers = 20_000_000;

    private readonly Dictionary<int, double[]> _byUnit;

    public UnitInfluences(ShallowNetworkModelParameters network, FeatureRows rows, IReadOnlyList<int> units)
    {
        int D = network.FeatureCount, T = network.ColumnCount;
        float[][] inputs = [.. rows.Evenly(Math.Clamp(MostNumbers / T, FewestRows, MostRows)).Select(rows.Row)];
        int n = inputs.Length;
        double[][] columns = [.. inputs.Select(x => network.Columns(x))];
        (int First, int Second)[] featuresOf = [.. Enumerable.Range(0, T).Select(t => network.Encoding?.FeaturesOf(t) ?? (t, t))];
        double[] mean = [.. Enumerable.Range(0, D).Select(d => inputs.Average(x => (double)x[d]))];
        _byUnit = units.ToDictionary(h => h, h =>
        {
            double[] sum = new double[D], squares = new double[D], product = new double[D], part = new double[D];
            for (int i = 0; i < n; i++)
            {
                Array.Clear(part);
                for (int t = 0; t < T; t++)
                {
                    double half = network.W1[h * T + t] * columns[i][t] / 2;
                    part[featuresOf[t].First] += half;
                    part[featuresOf[t].Second] += half;
                }
                for (int d = 0; d < D; d++)
                {
                    sum[d] += part[d];
                    squares[d] += part[d] * part[d];
                    product[d] += part[d] * (inputs[i][d] - mean[d]);
                }
            }

            return Enumerable.Range(0, D).Select(d =>
                Math.CopySign(Math.Sqrt(Math.Max(0, squares[d] / n - Math.Pow(sum[d] / n, 2))), product[d])).ToArray();
        });
    }

    /// <summary>Of hidden unit h, one of those asked for, and input d.</summary>
    public double Of(int h, int d) => _byUnit[h][d];
}
