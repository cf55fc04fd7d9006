using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.DataViews;

/// <summary>
/// Rows that the memory budget does not hold, read anew from their data view in every go. One block is filled on another thread while the
/// one before it is trained on.
/// </summary>
internal sealed class RowStream : IRowStream
{
    // Two blocks are held at a time, and one is being collected; what the data view itself needs comes on top. Larger blocks than the largest
    // would mix rows no better.
    private const int BlocksInBudget = 16;
    private const long LargestBlock = 16L << 20;

    private readonly TrainingColumns _columns;
    private readonly RowTotals _totals;
    private readonly long _blockBytes;

    public RowStream(TrainingColumns columns, RowTotals totals, long memoryBudget)
    {
        (_columns, _totals) = (columns, totals);
        _blockBytes = Math.Clamp(memoryBudget / BlocksInBudget, 1, LargestBlock);
    }

    public int FeatureCount => _columns.FeatureCount;

    public long RowCount => _totals.Moments.Count;

    public IEnumerable<TrainingRows> Blocks(CancellationToken cancellation)
    {
        using var rows = new UsableRows(_columns, cancellation);
        var builder = new RowsBuilder(_columns.FeatureCount, _columns.Weight is not null, _totals.AreSparse);
        (int mostRows, long mostBytes) = (int.MaxValue, _blockBytes);
        TrainingRows? spent = null;
        Task<TrainingRows?> reading = Task.Run(Next);
        try
        {
            while (reading.GetAwaiter().GetResult() is { } block)
            {
                reading = Task.Run(Next);
                yield return block;
                spent = block;
            }
        }
        finally
        {
            // The reader must have left the cursor before it is closed, whatever ended the go.
            ((IAsyncResult)reading).AsyncWaitHandle.WaitOne();
        }

        // All blocks have as many rows as the first, so that their arrays can be used again: large arrays that are thrown away stay in memory
        // for long.
        TrainingRows? Next()
        {
            TrainingRows? old = Interlocked.Exchange(ref spent, null);
            builder.Clear();
            while (builder.Count < mostRows && builder.Bytes < mostBytes && rows.MoveNext())
                builder.Add(in rows.Features, rows.Label, rows.Weight);
            if (builder.Count == 0)
                return null;
            (mostRows, mostBytes) = (builder.Count, long.MaxValue);
            return builder.ToRows(old);
        }
    }
}
