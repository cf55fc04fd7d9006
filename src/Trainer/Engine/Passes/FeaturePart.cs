namespace MlNetShallowNet.Engine;

/// <summary>
/// Some neighbouring features, and what of a batch of sparse rows concerns them in a step that touches only what occurs: the features that
/// do, and those whose turn it is in a round that passes over all, so that none waits too long.
/// </summary>
internal sealed class FeaturePart
{
    private readonly FeatureRound[] _rounds;
    private readonly int[] _round;
    private int _roundCount;

    /// <param name="featureCount">D.</param>
    /// <param name="bounds">The first of the features, where others begin a round of their own, and the first after them.</param>
    /// <param name="firstColumn">The column of W1 that feature 0 has.</param>
    public FeaturePart(int featureCount, int[] bounds, int firstColumn)
    {
        _rounds = [.. bounds.Zip(bounds.Skip(1), (from, end) => new FeatureRound(from, end, SkippedSteps.Most - 1))];
        _round = new int[_rounds.Sum(r => r.Size)];
        Rows = new SparseChunk(featureCount, bounds[0], bounds[^1], firstColumn);
    }

    /// <summary>The most features of a round in a step.</summary>
    public int RoundSize => _round.Length;

    /// <summary>The batch, of which only these features are read.</summary>
    public SparseChunk Rows { get; }

    /// <summary>The features that occur, ascending.</summary>
    public ReadOnlySpan<int> Features => Rows.Columns.Features;

    /// <summary>The features whose turn it is and that do not occur.</summary>
    public ReadOnlySpan<int> Round => _round.AsSpan(0, _roundCount);

    /// <summary>Begins its rounds anew, when no feature waits.</summary>
    public void BeginRounds() => Array.ForEach(_rounds, round => round.Begin());

    /// <summary>Reads a batch.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="selection">The batch's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(SparseRows rows, RowSelection selection)
    {
        Rows.Read(rows, selection);
        Rows.BuildColumns();
        _roundCount = 0;
        foreach (FeatureRound round in _rounds)
        {
            (int from, int end) = round.Next();
            for (int feature = from; feature < end; feature++)
            {
                if (!Rows.Columns.Contains(feature))
                    _round[_roundCount++] = feature;
            }
        }
    }
}
