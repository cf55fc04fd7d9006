using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>Prepared rows of a training run, block after block, as often as an epoch asks: all in one block where they are in memory.</summary>
internal interface IRowBlocks
{
    /// <summary>The blocks of one epoch. A block is the caller's only until the next one is asked for.</summary>
    IEnumerable<RowBlock> Blocks(CancellationToken cancellation);
}

/// <summary>Some rows that follow one another.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="First">The number of the first among all.</param>
internal readonly record struct RowBlock(TrainingRows Rows, long First);

/// <summary>Rows in memory.</summary>
internal sealed class RowsInMemory(TrainingRows rows) : IRowBlocks
{
    public TrainingRows Rows { get; } = rows;

    public IEnumerable<RowBlock> Blocks(CancellationToken cancellation) => [new RowBlock(Rows, 0)];
}

/// <summary>Rows that are too many to hold at once: raw, as they are read again in every epoch.</summary>
internal interface IRowStream
{
    /// <summary>D, the length of a row.</summary>
    int FeatureCount { get; }

    /// <summary>How many rows pass in an epoch.</summary>
    long RowCount { get; }

    /// <summary>The blocks of one epoch, while the next is read ahead. A block may be changed, but is the caller's only until the next one is
    /// asked for.</summary>
    IEnumerable<TrainingRows> Blocks(CancellationToken cancellation);
}

/// <summary>A stream's rows, each block prepared as it comes.</summary>
internal sealed class PreparedStream(IRowStream stream, Func<TrainingRows, TrainingRows> prepare) : IRowBlocks
{
    public IEnumerable<RowBlock> Blocks(CancellationToken cancellation)
    {
        long first = 0;
        foreach (TrainingRows block in stream.Blocks(cancellation))
        {
            yield return new RowBlock(prepare(block), first);
            first += block.Count;
        }
        if (first != stream.RowCount)
        {
            throw new InvalidOperationException(
                $"The data had {stream.RowCount} usable rows when they were read first and {first} the next time. Rows that are streamed are read once " +
                "an epoch, so the data must give the same rows each time; cache them, or raise the memory budget.");
        }
    }
}
