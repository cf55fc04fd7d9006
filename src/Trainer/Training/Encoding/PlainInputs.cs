using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Network;

namespace MlNetShallowNet.Training;

/// <summary>Features as they are or standardised, dense or sparse.</summary>
internal sealed class PlainInputs : TrainingInputs
{
    private readonly FeatureScaling? _scaling;

    /// <summary>Scales the rows where they stand.</summary>
    public PlainInputs(TrainingRows rows, InputScaling scaling, InputEncoding? encoding = null)
    {
        (Rows, Encoding) = (rows, encoding);
        if (scaling != InputScaling.Standardize)
            return;
        _scaling = Standardizer.Measure(rows);
        Standardizer.Apply(_scaling, rows);
    }

    public override TrainingRows Rows { get; }

    public override InputEncoding? Encoding { get; }

    public override int DrawnFeatures => Rows.FeatureCount;

    public override TrainingRows Prepare(TrainingRows others)
    {
        if (_scaling is not null)
            Standardizer.Apply(_scaling, others);
        return others;
    }

    public override INetworkInTraining CreateNetwork(NetworkParameters start, TrainingSettings settings) =>
        new PlainNetwork(Rows, start, Math.Min(settings.BatchSize, Rows.Count), settings);

    public override NetworkParameters Fold(NetworkParameters trained) => _scaling is null ? trained : FirstLayer.Changed(trained, _scaling.Fold);

    public override NetworkParameters Unfold(NetworkParameters network) => _scaling is null ? network : FirstLayer.Changed(network, _scaling.Unfold);
}

/// <summary>Changes of a network's first layer.</summary>
internal static class FirstLayer
{
    /// <summary>Changes W1 (H x D, row by row) and b1 where they stand.</summary>
    public delegate void Change(Span<double> w1, Span<double> b1);

    /// <summary>The network with its first layer changed.</summary>
    public static NetworkParameters Changed(NetworkParameters network, Change change)
    {
        double[] w1 = network.W1.ToRowMajorArray();
        double[] b1 = network.B1.ToArray();
        change(w1, b1);
        Matrix<double> W1 = Matrix<double>.Build.DenseOfRowMajor(network.HiddenUnits, network.FeatureCount, w1);
        return new NetworkParameters(W1, Vector<double>.Build.Dense(b1), network.W2, network.B2, network.Activation);
    }
}
