using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// Rows that the memory budget does not hold, in a temporary file: written once, in small pieces, and read piece by piece in an order that is
/// drawn anew for every epoch, so that the rows of a block come from all over the table. One block is read on another thread while the one
/// before it is trained on.
/// </summary>
/// <param name="featureCount">D.</param>
/// <param name="hasWeights">Whether rows have weights.</param>
/// <param name="seed">The seed of the order.</param>
internal sealed class SpilledRows(int featureCount, bool hasWeights, int seed) : IRowStream, IDisposable
{
    /// <summary>How many pieces make a block: the more, the better rows are mixed; the fewer, the longer is each that is read at once.</summary>
    public const int PiecesOfBlock = 32;

    private readonly SpillFile _file = SpillFile.Create();
    private readonly SortedList<long, Piece> _pieces = [];
    private bool _areSparse;

    /// <inheritdoc/>
    public int FeatureCount => featureCount;

    /// <inheritdoc/>
    public long RowCount { get; private set; }

    /// <summary>Numbers that rows have, without those that are zero in sparse rows.</summary>
    public long ValueCount { get; private set; }

    /// <summary>Writes a piece: best as many rows as every other, dense or sparse as every other. Any thread may, in any order.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="first">The number of the first of them.</param>
    /// <exception cref="IOException">It cannot be written; the message says why and what to do.</exception>
    public void Add(TrainingRows rows, long first)
    {
        lock (_pieces)
            Write(rows, first);
    }

    /// <inheritdoc/>
    public IEnumerable<RowBlock> Blocks(int? epoch, CancellationToken cancellation)
    {
        IEnumerator<Piece[]> blocks = InOrder(epoch).Chunk(PiecesOfBlock).GetEnumerator();
        TrainingRows? spent = null;
        Task<RowBlock?> reading = Task.Run(Next);
        try
        {
            while (reading.GetAwaiter().GetResult() is { } block)
            {
                cancellation.ThrowIfCancellationRequested();
                reading = Task.Run(Next);
                yield return block;
                spent = block.Rows;
            }
        }
        finally
        {
            // The reader must have left the file before anyone closes it, whatever ended the go.
            ((IAsyncResult)reading).AsyncWaitHandle.WaitOne();
        }

        // Arrays are used again: large ones that are thrown away stay in memory for long.
        RowBlock? Next() => blocks.MoveNext() ? Read(blocks.Current, Interlocked.Exchange(ref spent, null)) : null;
    }

    public void Dispose() => _file.Dispose();

    private void Write(TrainingRows rows, long first)
    {
        var sparse = rows as SparseRows;
        int values = sparse?.RowStarts[rows.Count] ?? rows.Count * featureCount;
        _pieces.Add(first, new Piece(_file.Length, first, rows.Count, values));
        (RowCount, ValueCount) = (RowCount + rows.Count, ValueCount + values);
        _file.Append<float>(rows.Labels);
        if (rows.Weights is not null)
            _file.Append<float>(rows.Weights);
        if (sparse is null)
        {
            _file.Append<float>(((DenseRows)rows).Values);
            return;
        }
        _file.Append<int>(sparse.RowStarts.AsSpan(1, rows.Count));
        _file.Append<int>(sparse.Indices.AsSpan(0, values));
        _file.Append<float>(sparse.Values.AsSpan(0, values));
        _areSparse = true;
    }

    // A piece's place follows from a hash of its number and the epoch's; negative, for the numbers of rows are hashed too.
    private IEnumerable<Piece> InOrder(int? epoch) => epoch is int number
        ? _pieces.Values.Select((piece, i) => (piece, RowHash.Uniform(-1 - ((long)number * _pieces.Count + i), seed))).OrderBy(p => p.Item2).Select(p => p.piece)
        : _pieces.Values;

    private RowBlock Read(Piece[] pieces, TrainingRows? spent)
    {
        int count = pieces.Sum(p => p.Rows), valueCount = pieces.Sum(p => p.Values);
        float[] labels = Room(spent?.Labels, count), weights = hasWeights ? Room(spent?.Weights, count) : [];
        (SparseRows? oldSparse, DenseRows? oldDense) = (spent as SparseRows, spent as DenseRows);
        float[] values = _areSparse ? Room(oldSparse?.Values, valueCount, longerWillDo: true) : Room(oldDense?.Values, valueCount);
        int[] starts = _areSparse ? Room(oldSparse?.RowStarts, count + 1) : [], indices = _areSparse ? Room(oldSparse?.Indices, valueCount, longerWillDo: true) : [];
        int row = 0, value = 0;
        foreach (Piece piece in pieces)
        {
            long at = piece.At;
            _file.Read(ref at, labels.AsSpan(row, piece.Rows));
            if (hasWeights)
                _file.Read(ref at, weights.AsSpan(row, piece.Rows));
            if (_areSparse)
            {
                Span<int> ends = starts.AsSpan(row + 1, piece.Rows);
                _file.Read(ref at, ends);
                foreach (ref int end in ends)
                    end += value;
                _file.Read(ref at, indices.AsSpan(value, piece.Values));
            }
            _file.Read(ref at, values.AsSpan(value, piece.Values));
            (row, value) = (row + piece.Rows, value + piece.Values);
        }
        TrainingRows rows = _areSparse
            ? new SparseRows(featureCount, starts, indices, values, labels, hasWeights ? weights : null)
            : new DenseRows(featureCount, values, labels, hasWeights ? weights : null);
        return new RowBlock(rows, [.. pieces.Select(p => new RowRun(p.First, p.Rows))]);
    }

    private static T[] Room<T>(T[]? old, int length, bool longerWillDo = false) =>
        old is not null && (longerWillDo ? old.Length >= length : old.Length == length) ? old : new T[length];

    /// <summary>Where a piece is in the file, which rows it has, and how many values.</summary>
    private readonly record struct Piece(long At, long First, int Rows, int Values);
}
