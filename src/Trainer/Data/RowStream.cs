using MlNetShallowNet.Engine;
using MlNetShallowNet.Network;
using MlNetShallowNet.Optimization;

namespace MlNetShallowNet.Data;

/// <summary>
/// Rows that the memory budget does not hold, read anew from their data view in every go. One block is filled on another thread while the
/// one before it is trained on.
/// </summary>
internal sealed class RowStream : IRowStream
{
    // Two blocks are held at a time and some wait for the garbage collector; what the data view itself needs comes on top. Larger blocks than
    // the largest would mix rows no better.
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

    public double PositiveShare => _totals.PositiveWeight / _totals.Weight;

    public FeatureScaling Standardization() => _totals.Moments.ToScaling(centred: !_totals.AreSparse);

    public IEnumerable<TrainingRows> Blocks(CancellationToken cancellation)
    {
        using var rows = new UsableRows(_columns, cancellation);
        Task<TrainingRows?> reading = Task.Run(() => Next(rows));
        try
        {
            while (reading.GetAwaiter().GetResult() is { } block)
            {
                reading = Task.Run(() => Next(rows));
                yield return block;
            }
        }
        finally
        {
            // The reader must have left the cursor before it is closed, whatever ended the go.
            ((IAsyncResult)reading).AsyncWaitHandle.WaitOne();
        }
    }

    private TrainingRows? Next(UsableRows rows)
    {
        var builder = new RowsBuilder(_columns.FeatureCount, _columns.Weight is not null, _totals.AreSparse);
        while (builder.Bytes < _blockBytes && rows.MoveNext())
            builder.Add(in rows.Features, rows.Label, rows.Weight);
        return builder.Count == 0 ? null : builder.ToRows();
    }
}
