namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// A pass over the rows of a <see cref="TableView"/>. Cells are numbered over the sources of all columns, in the view's order; each is read
/// as its column's role says.
/// </summary>
internal abstract class RowCells : IDisposable
{
    /// <summary>The current row's number in the table, counted from 0.</summary>
    public abstract long Row { get; }

    /// <summary>Where several passes share the rows: the number of the piece of them that this row is in.</summary>
    public virtual long Batch => 0;

    /// <summary>Moves to the next row of the view; false at the end.</summary>
    public abstract bool Read();

    /// <summary>The current row's label; false where the table has none.</summary>
    public abstract bool Label { get; }

    /// <summary>The current row's weight; 1 where the table has none.</summary>
    public abstract double Weight { get; }

    /// <summary>A number; NaN where it is missing.</summary>
    public abstract double Number(int cell);

    /// <summary>Numbers one after the other.</summary>
    public virtual void Numbers(int first, Span<double> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = Number(first + i);
    }

    /// <summary>A word or a free text, empty where it is missing; it outlives the row.</summary>
    public abstract ReadOnlyMemory<char> Text(int cell);

    public abstract void Dispose();
}
