using System.Runtime.Intrinsics;

namespace MlNetShallowNet.Engine;

/// <summary>
/// Z2 of rows for a finished network. Immutable, so any number of threads may share it; nothing is allocated. The same network gives the
/// same bits for the same row on one machine, whichever method is called. A NaN feature gives a NaN score.
/// </summary>
internal sealed class NetworkScorer : ModelScorer
{
    private readonly ScoringKernel _kernel;

    /// <summary>From the course's shapes: W1 H x D row by row, b1 H, W2 H.</summary>
    public NetworkScorer(ReadOnlySpan<float> w1, ReadOnlySpan<float> b1, ReadOnlySpan<float> w2, float b2, IActivation activation)
        : this(w1, b1, w2, b2, activation, lanes: 0)
    {
    }

    /// <summary>The same with vectors of a given number of lanes, for tests; 0 for what suits the machine.</summary>
    internal NetworkScorer(
        ReadOnlySpan<float> w1, ReadOnlySpan<float> b1, ReadOnlySpan<float> w2, float b2, IActivation activation, int lanes)
    {
        ArgumentNullException.ThrowIfNull(activation);
        HiddenUnits = b1.Length;
        FeatureCount = b1.IsEmpty ? 0 : w1.Length / b1.Length;
        if (b1.IsEmpty || w1.Length != FeatureCount * HiddenUnits || w2.Length != HiddenUnits)
            throw new ArgumentException($"Expected W1 of H x D, b1 and W2 of H numbers; found {w1.Length}, {b1.Length} and {w2.Length}.");
        var layout = new ParameterLayout(
            FeatureCount, HiddenUnits, Hardware.LanesFor(HiddenUnits, activation, lanes > 0 ? lanes : Hardware.WidestLanes));
        var parameters = new float[layout.Count];
        layout.Pack(w1, b1, w2, b2, parameters);
        _kernel = VectorActivation.Make(activation, new Maker(layout, parameters));
    }

    /// <summary>D.</summary>
    public override int FeatureCount { get; }

    private int HiddenUnits { get; }

    /// <summary>The score of one dense row of D numbers.</summary>
    public override float Score(ReadOnlySpan<float> features)
    {
        if (features.Length != FeatureCount)
            ThrowLength(features.Length, FeatureCount);
        return _kernel.Score(features);
    }

    /// <summary>The score of one sparse row: the values of these features, all others being 0.</summary>
    public override float Score(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        if (values.Length != indices.Length)
            ThrowLength(values.Length, indices.Length);
        foreach (int index in indices)
        {
            if ((uint)index >= (uint)FeatureCount)
                throw new ArgumentOutOfRangeException(nameof(indices), index, $"The network has {FeatureCount} features.");
        }
        return _kernel.Score(indices, values);
    }

    /// <summary>The scores of dense rows, one after another in <paramref name="rows"/>.</summary>
    public override void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        if (rows.Length != (long)scores.Length * FeatureCount)
            ThrowLength(rows.Length, (long)scores.Length * FeatureCount);
        _kernel.Score(rows, scores);
    }

    private static void ThrowLength(int found, long expected) =>
        throw new ArgumentException($"Expected {expected} numbers but found {found}.");

    private sealed class Maker(ParameterLayout layout, float[] parameters) : VectorActivation.IMaker<ScoringKernel>
    {
        public ScoringKernel Make<G>(G g) where G : struct, IVectorActivation => layout.LaneCount switch
        {
            16 => new ScoringKernel<Lanes512, Vector512<float>, G>(layout, parameters, g),
            8 => new ScoringKernel<Lanes256, Vector256<float>, G>(layout, parameters, g),
            4 => new ScoringKernel<Lanes128, Vector128<float>, G>(layout, parameters, g),
            _ => new ScoringKernel<Lanes1, float, G>(layout, parameters, g),
        };
    }
}
