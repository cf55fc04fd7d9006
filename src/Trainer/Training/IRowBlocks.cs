using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>Prepared rows of a training run, block after block, as often as an epoch asks: all in one block where they are in memory.</summary>
internal interface IRowBlocks
{
    /// <summary>The blocks of an epoch, counted from 0. A block is the caller's only until the next one is asked for.</summary>
    IEnumerable<RowBlock> Blocks(int epoch, CancellationToken cancellation);
}

/// <summary>Rows that follow one another.</summary>
/// <param name="First">The number of the first among all.</param>
/// <param name="Count">How many.</param>
internal readonly record struct RowRun(long First, int Count);

/// <summary>Some rows.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Runs">Which of all they are, in their order.</param>
internal readonly record struct RowBlock(TrainingRows Rows, params RowRun[] Runs);

/// <summary>Rows in memory.</summary>
internal sealed class RowsInMemory(TrainingRows rows) : IRowBlocks
{
    public TrainingRows Rows { get; } = rows;

    public IEnumerable<RowBlock> Blocks(int epoch, CancellationToken cancellation) => [new RowBlock(Rows, new RowRun(0, Rows.Count))];
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
    /// <param name="epoch">The epoch in whose order rows come, counted from 0; null for the order in which they were read.</param>
    /// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    IEnumerable<RowBlock> Blocks(int? epoch, CancellationToken cancellation);
}

/// <summary>A stream's rows, each block prepared as it comes.</summary>
/// <param name="stream">The rows.</param>
/// <param name="shuffles">Whether every epoch has an order of its own.</param>
/// <param name="prepare">Prepares some rows, which may be changed where they stand.</param>
internal sealed class PreparedStream(IRowStream stream, bool shuffles, Func<TrainingRows, TrainingRows> prepare) : IRowBlocks
{
    public IEnumerable<RowBlock> Blocks(int epoch, CancellationToken cancellation) =>
        stream.Blocks(shuffles ? epoch : null, cancellation).Select(block => block with { Rows = prepare(block.Rows) });
}
