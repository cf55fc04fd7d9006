namespace MlNetShallowNet.Engine;

/// <summary>
/// The rows of a share in the order of the knots to the left of their values, for each feature: what rows add to the same column of dV can then be
/// added up in registers. A fit of 300,000 rows of 28 features takes a seventh less, the ordering included.
/// </summary>
/// <param name="ramps">The features.</param>
internal sealed class KnotOrder(Ramps ramps)
{
    private readonly int[] _ends = new int[ramps.ColumnCount];
    private KnotRow[] _rows = [];

    /// <summary>For each column of V the end of its rows in <see cref="Rows"/>, which begin where those of the column before end.</summary>
    public ReadOnlySpan<int> Ends => _ends;

    /// <summary>The rows, column after column.</summary>
    public ReadOnlySpan<KnotRow> Rows => _rows;

    /// <summary>Orders some rows; rows of the same column stay in their order.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="columns">For each row and feature the column of the knot to the left of its value.</param>
    /// <param name="fractions">How far the value is from there to the next knot.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Build(int rows, ReadOnlySpan<int> columns, ReadOnlySpan<float> fractions)
    {
        if (_rows.Length < columns.Length)
            _rows = new KnotRow[columns.Length];
        Array.Clear(_ends);
        ref int ends = ref MemoryMarshal.GetArrayDataReference(_ends);
        foreach (int column in columns)
            Unsafe.Add(ref ends, column)++;
        int before = 0;
        for (int column = 0; column < _ends.Length; column++)
            (_ends[column], before) = (before, before + _ends[column]);
        // What is the beginning of a column's rows becomes their end.
        ref KnotRow ordered = ref MemoryMarshal.GetArrayDataReference(_rows);
        for (int row = 0, i = 0; row < rows; row++)
        {
            for (int end = i + ramps.Count; i < end; i++)
                Unsafe.Add(ref ordered, Unsafe.Add(ref ends, columns[i])++) = new KnotRow(row, fractions[i]);
        }
    }
}

/// <summary>A row of a share, and how far its value is from the knot to the left to the next one.</summary>
internal readonly record struct KnotRow(int Row, float Fraction);
