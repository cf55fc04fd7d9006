using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Engine;

/// <summary>Z2 of rows for a finished network that reads features as they are.</summary>
internal sealed class PlainScorer : ModelScorer
{
    private readonly RampKernel _columns;

    /// <param name="network">The network.</param>
    /// <param name="lanes">Numbers in a vector, for tests; 0 for what suits the machine.</param>
    public PlainScorer(NetworkParameters network, int lanes = 0) : base(network.FeatureCount, network.FeatureCount, network, lanes)
    {
        Layout.Pack(network, Parameters.Span);
        _columns = RampKernel.Create(Layout, Ramps.None, network.FeatureCount);
    }

    protected override void Multiply(ReadOnlySpan<float> rows, int count, in PanelRows z1) =>
        Hidden.Multiply(ref MemoryMarshal.GetReference(rows), FeatureCount, count, z1);

    protected override void Multiply(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, in PanelRows z1)
    {
        _columns.Multiply(1, [], [], Parameters, B1, z1); // no knots: b1 alone
        _columns.MultiplyRow(indices, values, Parameters, z1);
    }
}
