using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>Makes sparse rows, column by column.</summary>
/// <param name="rows">How many rows there will be.</param>
/// <param name="room">How many columns that are not 0 they may have together before they are moved to a larger place.</param>
internal sealed class SparseRowsBuilder(int rows, int room)
{
    private readonly int[] _starts = new int[rows + 1];
    private int[] _indices = new int[room];
    private float[] _values = new float[room];
    private int _row, _at;

    /// <summary>Adds a column to the row, behind those that it has.</summary>
    public void Add(int column, float value)
    {
        if (_at == _indices.Length)
            Resize(checked(Math.Max(16, 2 * _at)));
        (_indices[_at], _values[_at++]) = (column, value);
    }

    /// <summary>What is added next belongs to the next row.</summary>
    public void EndRow() => _starts[++_row] = _at;

    /// <summary>The rows, with the labels and weights of these.</summary>
    public SparseRows ToRows(int columns, TrainingRows of)
    {
        Resize(_at); // rows stay, and should not take more room than they fill
        return new SparseRows(columns, _starts, _indices, _values, of.Labels, of.Weights);
    }

    private void Resize(int room)
    {
        Array.Resize(ref _indices, room);
        Array.Resize(ref _values, room);
    }
}
