namespace MlNetShallowNet.Engine;

/// <summary>The arrays of sparse rows, laid out as in <see cref="SparseRows"/>.</summary>
internal readonly struct SparseView(int[] rowStarts, int[] indices, float[] values)
{
    public int[] RowStarts { get; } = rowStarts;

    public int[] Indices { get; } = indices;

    public float[] Values { get; } = values;

    /// <summary>The same numbers column by column: where each column starts, its rows, and its values.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many columns.</param>
    public SparseView ByColumn(int rows, int columns)
    {
        int from = RowStarts[0], count = RowStarts[rows] - from;
        int[] starts = new int[columns + 1], rowOf = new int[count];
        float[] values = new float[count];
        foreach (int column in Indices.AsSpan(from, count))
            starts[column + 1]++;
        for (int column = 0; column < columns; column++)
            starts[column + 1] += starts[column];
        int[] next = [.. starts];
        for (int i = 0; i < rows; i++)
        {
            for (int k = RowStarts[i]; k < RowStarts[i + 1]; k++)
            {
                int at = next[Indices[k]]++;
                (rowOf[at], values[at]) = (i, Values[k]);
            }
        }
        return new SparseView(starts, rowOf, values);
    }
}
