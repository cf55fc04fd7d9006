using System.Numerics;

namespace MlNetShallowNet.Engine;

/// <summary>How rows are cut into chunks and blocks: by the network's shape alone, never by the number of threads.</summary>
internal static class ChunkShape
{
    // What a chunk's rows and their dZ1 may take of the second-level cache.
    private const int ChunkBytes = 1024 * 1024;

    // Fewer rows are not worth a sum of their own. All shares' dW1 together fit the second-level cache beside the rows.
    private const int ShareRows = 128, SharedNumbers = 64 * 1024, MostShares = 8, SmallestSharedSum = 30_000;

    /// <summary>
    /// Rows of a block: the unit in which threads share the first phase. A multiple of what tiles hold, more where rows are short.
    /// </summary>
    public static int BlockRows(ParameterLayout layout)
    {
        long work = (long)layout.FeatureCount * layout.PaddedUnits;
        return work >= 1024 ? 24 : work >= 256 ? 48 : 96;
    }

    /// <summary>Rows of a chunk, a whole number of blocks: as many as fit the cache, and no more than batches have.</summary>
    /// <param name="layout">The shapes.</param>
    /// <param name="ramps">The features that are read through knots: of each a row has a position, a column and a fraction, however many knots there
    /// are; what columns stand beside them are mostly 0.</param>
    /// <param name="maximumBatch">Rows of a batch.</param>
    public static int ChunkRows(ParameterLayout layout, Ramps ramps, int maximumBatch)
    {
        int block = BlockRows(layout);
        long others = Math.Min(layout.FeatureCount - ramps.ColumnCount, ramps.Count > 0 ? 64 : 4096);
        long bytesPerRow = sizeof(float) * (layout.PaddedUnits + 3L * ramps.Count + others);
        long rows = Math.Clamp(ChunkBytes / bytesPerRow, 256, 8192);
        return (int)((Math.Min(rows, maximumBatch) + block - 1) / block * block);
    }

    /// <summary>
    /// Into how many shares a chunk's rows are divided, as a power of two's logarithm. dW1 is the sum of what the shares give, in their order,
    /// so that a thread can do the rows of a share to the end by itself; on two threads that takes 100,000 x 28 from 8.5 to 5.2 ms an epoch
    /// where the cores' caches are far apart.
    /// </summary>
    /// <param name="weights">Numbers of dW1.</param>
    /// <param name="rows">The chunk's rows.</param>
    /// <param name="atLeastTwo">Whether shares pay also where their dW1 do not fit the cache.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int ShareShift(int weights, int rows, bool atLeastTwo = false)
    {
        if (rows < 2 * ShareRows)
            return 0;
        long most = Math.Max(atLeastTwo ? 2 : 1, SharedNumbers / weights);
        return BitOperations.Log2((uint)Math.Clamp(Math.Min(rows / ShareRows, most), 1, MostShares));
    }

    /// <summary>Whether so many numbers of shares' dW1 are added up faster by several threads.</summary>
    public static bool IsWorthSharing(int numbers) => numbers >= SmallestSharedSum;

    /// <summary>Distance between packed rows: an odd number of cache lines where rows are long, so that a column's numbers spread over the
    /// cache's sets.</summary>
    public static int PackedStride(int featureCount)
    {
        const int line = 64 / sizeof(float);
        return featureCount < 4 * line ? featureCount : ((featureCount + line - 1) / line | 1) * line;
    }
}
