namespace MlNetShallowNet.Network;

/// <summary>
/// An affine scaling of every feature, x' = (x - offset) * scale, under which a network is trained and which is then folded into its
/// first layer: W1' x' + b1' = (W1' * scale) x + (b1' - (W1' * scale) offset), so the finished network takes the raw features.
/// </summary>
/// <param name="offset">What is taken off each feature (its mean; 0 for sparse rows, so that zeros stay zeros), D numbers.</param>
/// <param name="scale">What each is then multiplied with (1 / standard deviation; 1 for a constant feature), D numbers.</param>
/// <param name="isConstant">Which features are the same in every row that they were measured on. They say nothing: a network that was drawn gives
/// them weight 0, but one that is gone on from keeps what it learnt from other rows.</param>
internal sealed class FeatureScaling(double[] offset, double[] scale, bool[] isConstant)
{
    public bool[] IsConstant { get; } = isConstant;

    public double[] Offset { get; } = offset;

    public double[] Scale { get; } = scale;

    /// <summary>Takes the weights off features that say nothing.</summary>
    public void LeaveOutConstants(Span<double> w1)
    {
        for (int i = 0; i < w1.Length; i++)
            w1[i] = IsConstant[i % Offset.Length] ? 0 : w1[i];
    }

    /// <summary>From a network on scaled features to the same function of raw ones. W1 is H x D, row by row.</summary>
    public void Fold(Span<double> w1, Span<double> b1)
    {
        int D = Offset.Length;
        for (int h = 0; h < b1.Length; h++)
        {
            Span<double> row = w1.Slice(h * D, D);
            for (int d = 0; d < D; d++)
            {
                row[d] *= Scale[d];
                b1[h] -= row[d] * Offset[d];
            }
        }
    }

    /// <summary>The way back: from a network on raw features to the same function of scaled ones.</summary>
    public void Unfold(Span<double> w1, Span<double> b1)
    {
        int D = Offset.Length;
        for (int h = 0; h < b1.Length; h++)
        {
            Span<double> row = w1.Slice(h * D, D);
            for (int d = 0; d < D; d++)
            {
                b1[h] += row[d] * Offset[d];
                row[d] /= Scale[d];
            }
        }
    }
}
