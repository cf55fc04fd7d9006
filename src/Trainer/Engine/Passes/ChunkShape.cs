using System.Numerics;

namespace MlNetShallowNet.Engine;

/// <summary>How rows are cut into chunks and blocks: by the network's shape alone, never by the number of threads.</summary>
internal static class ChunkShape
{
    // What a chunk's rows and their dZ1 may take of the second-level cache.
    private const int ChunkBytes = 1024 * 1024;

    // Fewer rows are not worth a sum of their own. All groups' dW1 together fit the second-level cache beside the rows.
    private const int GroupRows = 128, GroupedNumbers = 64 * 1024, MostGroups = 8;

    /// <summary>
    /// Rows of a block: the unit in which threads share the first phase. A multiple of what tiles hold, more where rows are short.
    /// </summary>
    public static int BlockRows(ParameterLayout layout)
    {
        long work = (long)layout.FeatureCount * layout.PaddedUnits;
        return work >= 1024 ? 24 : work >= 256 ? 48 : 96;
    }

    /// <summary>Rows of a chunk, a whole number of blocks: as many as fit the cache, and no more than batches have.</summary>
    public static int ChunkRows(ParameterLayout layout, int maximumBatch)
    {
        int block = BlockRows(layout);
        long bytesPerRow = sizeof(float) * ((long)layout.PaddedUnits + Math.Min(layout.FeatureCount, 4096));
        long rows = Math.Clamp(ChunkBytes / bytesPerRow, 256, 8192);
        return (int)((Math.Min(rows, maximumBatch) + block - 1) / block * block);
    }

    /// <summary>
    /// Into how many groups a chunk's rows are divided. dW1 is the sum of what the groups give, in their order, so that a thread can do the
    /// rows of a group to the end by itself. A power of two, so that threads get equal shares.
    /// </summary>
    public static int Groups(ParameterLayout layout, int rows)
    {
        if (rows < 2 * GroupRows)
            return 1;
        long most = Math.Min(rows / GroupRows, GroupedNumbers / layout.B1);
        return 1 << BitOperations.Log2((uint)Math.Clamp(most, 1, MostGroups));
    }

    /// <summary>Distance between packed rows: an odd number of cache lines where rows are long, so that a column's numbers spread over the
    /// cache's sets.</summary>
    public static int PackedStride(int featureCount)
    {
        const int line = 64 / sizeof(float);
        return featureCount < 4 * line ? featureCount : ((featureCount + line - 1) / line | 1) * line;
    }
}
