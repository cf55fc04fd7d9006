using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Engine;

/// <summary>
/// Z2 of raw rows for a finished network, on the training engine's kernels: the same row gives the same bits, alone or in a batch, dense or sparse. Immutable, so
/// any number of threads may share it; nothing is allocated but room for each thread's first rows. A feature that is NaN makes the score NaN, unless the network does not read it. Arguments have been checked.
/// </summary>
internal abstract class ModelScorer
{
    // So that W1, where it is only in the second-level cache, is read once for many rows: blocks of 32 take an eighth longer.
    protected const int BlockRows = 128;

    [ThreadStatic]
    private static AlignedFloats? _z1;

    /// <param name="featureCount">D.</param>
    /// <param name="columns">Columns of W1 that are among the parameters.</param>
    /// <param name="network">The network.</param>
    /// <param name="lanes">Numbers in a vector, for tests; 0 for what suits the machine.</param>
    protected ModelScorer(int featureCount, int columns, NetworkParameters network, int lanes)
    {
        FeatureCount = featureCount;
        int widest = lanes > 0 ? lanes : Hardware.WidestLanes;
        Layout = new ParameterLayout(columns, network.HiddenUnits, Hardware.LanesFor(network.HiddenUnits, network.Activation, widest));
        Parameters = new AlignedFloats(Layout.Count);
        Hidden = HiddenLayer.Create(Layout, Parameters, network.Activation, widest);
    }

    /// <summary>D.</summary>
    public int FeatureCount { get; }

    protected ParameterLayout Layout { get; }

    protected AlignedFloats Parameters { get; }

    protected HiddenLayer Hidden { get; }

    protected ReadOnlySpan<float> B1 => Parameters.AsSpan(Layout.B1, Layout.PaddedUnits);

    /// <summary>The score of one row of D numbers.</summary>
    public float Score(ReadOnlySpan<float> features)
    {
        float score = 0;
        Score(features, new Span<float>(ref score));
        return score;
    }

    /// <summary>The scores of rows, one after another.</summary>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        int D = FeatureCount, capacity = Math.Min(BlockRows, scores.Length);
        var z1 = new PanelRows(Room(capacity), capacity, 0);
        for (int start = 0; start < scores.Length; start += BlockRows)
        {
            int count = Math.Min(BlockRows, scores.Length - start);
            Multiply(rows.Slice(start * D, count * D), count, z1);
            Finish(count, z1, scores.Slice(start, count));
        }
    }

    /// <summary>The score of a row of which these features are not 0.</summary>
    public float Score(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        var z1 = new PanelRows(Room(1), 1, 0);
        Multiply(indices, values, z1);
        float score = 0;
        Finish(1, z1, new Span<float>(ref score));
        return score;
    }

    /// <summary>Z1 of some rows.</summary>
    protected abstract void Multiply(ReadOnlySpan<float> rows, int count, in PanelRows z1);

    /// <summary>Z1 of a row of which these features are not 0.</summary>
    protected abstract void Multiply(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, in PanelRows z1);

    private AlignedFloats Room(int rows)
    {
        int numbers = checked(rows * Layout.PaddedUnits);
        if (_z1 is null || _z1.Length < numbers)
            _z1 = new AlignedFloats(numbers);
        return _z1;
    }

    private void Finish(int count, in PanelRows a1, Span<float> scores)
    {
        ClearPadding(count, a1);
        Hidden.Activate(count, a1, default);
        Hidden.Output(count, a1, scores);
        float b2 = Parameters[Layout.B2];
        foreach (ref float score in scores)
            score += b2;
    }

    // A unit that was only added has weights 0; but 0 times an infinite feature is NaN, which must not reach the sum.
    private void ClearPadding(int count, in PanelRows z1)
    {
        int panel = Layout.PanelCount - 1, width = Layout.WidthOf(panel), real = Layout.HiddenUnits - panel * Layout.PanelWidth;
        if (real == width)
            return;
        Span<float> numbers = MemoryMarshal.CreateSpan(ref z1.Panel(panel, Layout.PanelWidth, width), count * width);
        for (int i = 0; i < count; i++)
            numbers[(i * width + real)..((i + 1) * width)].Clear();
    }
}
