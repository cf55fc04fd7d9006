using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.DataViews;

/// <summary>
/// How much is held of rows that memory does not hold: a sample of them, and the blocks in which they pass. It follows from the length of a row
/// alone, never from the memory budget, so that the network doesn't depend on that.
/// </summary>
/// <param name="SampleBytes">What the sample may take.</param>
/// <param name="PieceRows">Rows of a piece, of which <see cref="SpilledRows.PiecesOfBlock"/> make a block.</param>
internal readonly record struct SpillSizes(long SampleBytes, int PieceRows)
{
    /// <summary>How many rows tell what all are like.</summary>
    public const int RowsToDecide = 256;

    // The least is what the smallest budget has room for: the sample is held as it was read and prepared, and two blocks are. Longer rows have as many as
    // knots, a line and batches need, until these would take too much.
    private const long LeastSample = 4L << 20, MostSample = 64L << 20, RowsOfSample = 16_384;
    private const long LeastBlock = 2L << 20, MostBlock = 16L << 20, RowsOfBlock = 512;

    /// <summary>The sizes for rows as these, of which the first <see cref="RowsToDecide"/> count.</summary>
    public static SpillSizes Of(TrainingRows first)
    {
        int count = Math.Min(first.Count, RowsToDecide);
        double numbers = first is SparseRows sparse ? 2.0 * sparse.RowStarts[count] / Math.Max(1, count) : first.FeatureCount;
        double bytesOfRow = sizeof(float) * (2 + (first.Weights is null ? 0 : 1) + numbers);
        double block = Math.Clamp(RowsOfBlock * bytesOfRow, LeastBlock, MostBlock);
        return new SpillSizes(
            (long)Math.Clamp(RowsOfSample * bytesOfRow, LeastSample, MostSample), (int)Math.Max(1, block / SpilledRows.PiecesOfBlock / bytesOfRow));
    }
}
