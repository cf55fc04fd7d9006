using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>Scaled rows, column after column: the dense ones whole, of the sparse ones what is not 0.</summary>
internal sealed class ColumnsOfRows
{
    private readonly int _rows;
    private readonly float[] _dense; // column after column
    private readonly SparseView _sparse; // a column's rows and their values
    private readonly int _denseColumns;

    /// <param name="rows">The rows.</param>
    public ColumnsOfRows(ScaledRows rows)
    {
        (_rows, _denseColumns, Count) = (rows.Rows.Count, rows.DenseColumns, rows.Features.Length);
        _dense = new float[checked(_denseColumns * _rows)];
        for (int i = 0; i < _rows; i++)
        {
            for (int c = 0; c < _denseColumns; c++)
                _dense[c * _rows + i] = rows.Dense[i * _denseColumns + c];
        }
        _sparse = rows.Sparse.ByColumn(_rows, Count - _denseColumns);
    }

    public int Count { get; }

    /// <summary>The sum of a column times a number of each row.</summary>
    public double Dot(int c, float[] numbers)
    {
        if (c < _denseColumns)
            return Products.Dot(Dense(c), numbers);
        Sparse(c, out ReadOnlySpan<int> rows, out ReadOnlySpan<float> values);
        double sum = 0;
        for (int k = 0; k < rows.Length; k++)
            sum += values[k] * numbers[rows[k]];
        return sum;
    }

    /// <summary>The sum of a column's squares times a number of each row.</summary>
    public double DotSquares(int c, float[] numbers)
    {
        if (c < _denseColumns)
            return Products.Dot(Dense(c), Dense(c), numbers);
        Sparse(c, out ReadOnlySpan<int> rows, out ReadOnlySpan<float> values);
        double sum = 0;
        for (int k = 0; k < rows.Length; k++)
            sum += values[k] * values[k] * numbers[rows[k]];
        return sum;
    }

    /// <summary>Adds a column, times a factor, to a number of each row.</summary>
    public void AddTo(float[] numbers, int c, float factor)
    {
        if (c < _denseColumns)
        {
            Products.Add(factor, Dense(c), numbers);
            return;
        }
        Sparse(c, out ReadOnlySpan<int> rows, out ReadOnlySpan<float> values);
        for (int k = 0; k < rows.Length; k++)
            numbers[rows[k]] += factor * values[k];
    }

    /// <summary>Adds a column, times a factor and a weight of each row, to a number of each row.</summary>
    public void AddTo(float[] numbers, int c, float factor, float[] weights)
    {
        if (c < _denseColumns)
        {
            Products.Add(factor, Dense(c), weights, numbers);
            return;
        }
        Sparse(c, out ReadOnlySpan<int> rows, out ReadOnlySpan<float> values);
        for (int k = 0; k < rows.Length; k++)
            numbers[rows[k]] += factor * values[k] * weights[rows[k]];
    }

    private ReadOnlySpan<float> Dense(int c) => _dense.AsSpan(c * _rows, _rows);

    private void Sparse(int c, out ReadOnlySpan<int> rows, out ReadOnlySpan<float> values)
    {
        int from = _sparse.RowStarts[c - _denseColumns], count = _sparse.RowStarts[c - _denseColumns + 1] - from;
        rows = _sparse.Indices.AsSpan(from, count);
        values = _sparse.Values.AsSpan(from, count);
    }
}
