namespace MlNetShallowNet.Engine;

/// <summary>
/// A chunk of sparse rows, or what of it concerns some neighbouring features, as passes over it read it: by rows, which lie next to each
/// other, and by columns.
/// </summary>
internal sealed class SparseChunk(int featureCount, int from, int end, int firstColumn = 0)
{
    private readonly bool _whole = from == 0 && end == featureCount;
    private int _count;
    private int[] _starts = [], _indices = [];
    private float[] _values = [];

    /// <summary>The column of W1 that the sparse rows' feature 0 has: others may stand before it.</summary>
    public int FirstColumn => firstColumn;

    /// <summary>Features of the sparse rows.</summary>
    public int ColumnCount => featureCount;

    /// <summary>The rows, from <see cref="First"/> on.</summary>
    public SparseView Rows { get; private set; }

    /// <summary>The chunk's first row in <see cref="Rows"/>; the others follow it.</summary>
    public int First { get; private set; }

    /// <summary>The chunk by columns, once they are built.</summary>
    public BatchColumns Columns { get; } = new(featureCount);

    /// <summary>Reads a chunk.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="selection">The chunk's.</param>
    public void Read(SparseRows rows, RowSelection selection)
    {
        _count = selection.Count;
        if (_whole && selection.IsConsecutive)
            (Rows, First) = (rows.View, selection.Count > 0 ? selection[0] : 0);
        else
            Pack(rows, selection, selection.Count);
    }

    /// <summary>Builds the columns of what has been read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void BuildColumns() => Columns.Build(Rows, First, _count, from, end);

    // Puts the rows next to each other: they are needed more than once, and lie anywhere in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Pack(SparseRows rows, RowSelection selection, int count)
    {
        long total = 0;
        for (int i = 0; i < count; i++)
        {
            (int start, int nonZeros) = rows.Row(selection[i]);
            total += nonZeros;
            AskFor(rows.Indices, start, nonZeros);
            AskFor(rows.Values, start, nonZeros);
        }
        if (_starts.Length <= count)
            _starts = new int[count + 1];
        if (_indices.Length < total)
        {
            int room = (int)Math.Min(Array.MaxLength, total * 5 / 4);
            (_indices, _values) = (new int[room], new float[room]);
        }

        int at = 0;
        for (int i = 0; i < count; i++)
        {
            (int start, int nonZeros) = rows.Row(selection[i]);
            if (!_whole)
            {
                int before = CountBelow(from, rows.Indices.AsSpan(start, nonZeros));
                nonZeros = CountBelow(end, rows.Indices.AsSpan(start, nonZeros)) - before;
                start += before;
            }
            CopyRun(rows.Indices, start, nonZeros, _indices, at);
            CopyRun(rows.Values, start, nonZeros, _values, at);
            at += nonZeros;
            _starts[i + 1] = at;
        }
        (Rows, First) = (new SparseView(_starts, _indices, _values), 0);
    }

    // Indices ascend. Most rows are short, and to count has no branches to be foreseen wrongly.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int CountBelow(int bound, ReadOnlySpan<int> indices)
    {
        if (bound == 0 || bound == featureCount)
            return bound == 0 ? 0 : indices.Length;
        int count = 0;
        foreach (int index in indices)
            count += index < bound ? 1 : 0;
        return count;
    }

    // The ends, which are all of a short row; the middle of a long one the hardware finds by itself.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AskFor<T>(T[] numbers, int start, int count) where T : struct
    {
        if (!Prefetch.IsSupported || count == 0)
            return;
        Prefetch.Number(ref numbers[start]);
        Prefetch.Number(ref numbers[start + count - 1]);
    }

    // Most rows are short, and copying a fixed length has no branches to be foreseen wrongly: what is copied too much is overwritten by the
    // next row, or stands behind the last. Of the shortest, a longer copy would wait for memory that nobody asked for.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRun<T>(T[] source, int start, int count, T[] target, int at)
    {
        const int shortest = 8, run = 32;
        bool fits = source.Length - start >= run && target.Length - at >= run;
        if (fits && count <= shortest)
            source.AsSpan(start, shortest).CopyTo(target.AsSpan(at, shortest));
        else if (fits && count <= run)
            source.AsSpan(start, run).CopyTo(target.AsSpan(at, run));
        else
            source.AsSpan(start, count).CopyTo(target.AsSpan(at));
    }
}
