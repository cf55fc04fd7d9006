using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Training;

/// <summary>Dense features, each encoded piece by piece.</summary>
internal sealed class EncodedInputs : TrainingInputs
{
    private readonly FittedEncoding _fitted;
    private readonly SparseRows _rows;

    public EncodedInputs(DenseRows rows, int intervals, int threads)
    {
        _fitted = FittedEncoding.Fit(rows, intervals, threads);
        _rows = _fitted.Encode(rows);
    }

    public override TrainingRows Rows => _rows;

    public override InputEncoding Encoding => _fitted.Encoding;

    public override int DrawnFeatures => _fitted.Trained.Length;

    public override TrainingRows Prepare(TrainingRows others) => _fitted.Encode(others.ToDense());

    public override INetworkInTraining CreateNetwork(NetworkParameters start, TrainingSettings settings) =>
        new EncodedNetwork(_rows, _fitted, start, Math.Min(settings.BatchSize, _rows.Count), settings);

    public override NetworkParameters Fold(NetworkParameters trained) => FirstLayer.Changed(trained, _fitted.Fold);

    public override NetworkParameters Unfold(NetworkParameters network) =>
        throw new InvalidOperationException("An encoded network is gone on from on its own columns, without this.");
}
