namespace MlNetShallowNet.Engine;

/// <summary>
/// Which rows: consecutive ones, which can be read where they are, or those that an array lists. A selection of the rows of a
/// <see cref="TrainingRows"/>; parts of it are selections themselves, and nothing is copied.
/// </summary>
internal readonly struct RowSelection
{
    private readonly int[]? _rows;
    private readonly int _start;

    private RowSelection(int[]? rows, int start, int count) => (_rows, _start, Count) = (rows, start, count);

    /// <summary>The rows that an array lists, in its order.</summary>
    public static implicit operator RowSelection(int[] rows) => new(rows, 0, rows.Length);

    /// <summary>All rows, in their order.</summary>
    public static RowSelection All(TrainingRows rows) => new(null, 0, rows.Count);

    /// <summary>How many rows.</summary>
    public int Count { get; }

    /// <summary>Whether the rows follow one another.</summary>
    public bool IsConsecutive => _rows is null;

    /// <summary>The row at a place of the selection.</summary>
    public int this[int place] => _rows is null ? _start + place : _rows[_start + place];

    /// <summary>A part of the selection.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public RowSelection Slice(int start, int count)
    {
        if ((uint)start > (uint)Count || (uint)count > (uint)(Count - start))
            throw new ArgumentOutOfRangeException(nameof(start), $"Rows {start} to {start + count} of a selection of {Count}.");
        return new RowSelection(_rows, _start + start, count);
    }

    /// <summary>Checks that every row is one of <paramref name="count"/>: kernels use them as addresses and do not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CheckWithin(int count)
    {
        if (_rows is null)
        {
            if (_start + Count > count)
                throw new ArgumentOutOfRangeException(nameof(count), $"Rows up to {_start + Count} were asked for; there are {count}.");
            return;
        }
        foreach (int row in _rows.AsSpan(_start, Count))
        {
            if ((uint)row >= (uint)count)
                throw new ArgumentOutOfRangeException(nameof(count), $"Row {row} was asked for; there are {count} rows.");
        }
    }
}
