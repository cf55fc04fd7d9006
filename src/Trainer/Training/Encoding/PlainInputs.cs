using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Network;

namespace MlNetShallowNet.Training;

/// <summary>Features as they are or standardised, dense or sparse.</summary>
internal sealed class PlainInputs : TrainingInputs
{
    // Beyond so many spreads from 0, W1 x + b1 loses the spread to the rounding of single precision, and the model takes the mean off first.
    private const double FarFromZero = 1024;

    private readonly FeatureScaling? _scaling;
    private readonly bool _keepsConstants;

    /// <param name="featureCount">D.</param>
    /// <param name="scaling">The scaling; null for features as they are.</param>
    /// <param name="keepsConstants">Whether features that are constant in the rows keep their weights: those of a network that is gone on from.</param>
    public PlainInputs(int featureCount, FeatureScaling? scaling, bool keepsConstants)
    {
        (ColumnCount, _scaling, _keepsConstants) = (featureCount, scaling, keepsConstants);
        if (scaling is not null && Enumerable.Range(0, featureCount).Any(d => Math.Abs(scaling.Offset[d] * scaling.Scale[d]) > FarFromZero))
            Encoding = Offsets(scaling);
    }

    public override int ColumnCount { get; }

    public override InputEncoding? Encoding { get; }

    public override TrainingRows Prepare(TrainingRows rows)
    {
        if (_scaling is not null)
            Standardizer.Apply(_scaling, rows);
        return rows;
    }

    public override NetworkParameters Fold(NetworkParameters trained) => _scaling is null ? trained : Changed(trained, (w1, b1) =>
    {
        if (!_keepsConstants)
            _scaling.LeaveOutConstants(w1);
        _scaling.Fold(w1, b1);
        if (Encoding is not null)
            Shift(w1, b1);
    });

    public override NetworkParameters Unfold(NetworkParameters network) => _scaling is null ? network : Changed(network, _scaling.Unfold);

    private static InputEncoding Offsets(FeatureScaling scaling)
    {
        float[] bounds = new float[scaling.Offset.Length];
        Array.Fill(bounds, float.PositiveInfinity);
        return new InputEncoding([.. bounds.Select(b => -b)], bounds, [.. scaling.Offset.Select(offset => new[] { (float)offset })]);
    }

    // b1 for columns that have their offset taken off.
    private void Shift(Span<double> w1, Span<double> b1)
    {
        int D = ColumnCount;
        for (int h = 0; h < b1.Length; h++)
        {
            for (int d = 0; d < D; d++)
                b1[h] += w1[h * D + d] * Encoding!.Knots(d)[0];
        }
    }

    /// <summary>Changes W1 (H x D, row by row) and b1 where they stand.</summary>
    public delegate void FirstLayerChange(Span<double> w1, Span<double> b1);

    /// <summary>A network with its first layer changed.</summary>
    public static NetworkParameters Changed(NetworkParameters network, FirstLayerChange change)
    {
        double[] w1 = network.W1.ToRowMajorArray(), b1 = network.B1.ToArray();
        change(w1, b1);
        Matrix<double> W1 = Matrix<double>.Build.DenseOfRowMajor(network.HiddenUnits, network.FeatureCount, w1);
        return new NetworkParameters(W1, Vector<double>.Build.Dense(b1), network.W2, network.B2, network.Activation);
    }
}
