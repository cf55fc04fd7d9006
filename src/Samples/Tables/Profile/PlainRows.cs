namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// Rows as they are profiled, kept for as long as every field of them is a plain number or missing: such fields mean the same whatever else
/// stands in their columns, so that the table need not be read again.
/// </summary>
internal sealed class PlainRows : IDisposable
{
    private readonly ColumnProfile[] _columns;
    private CellStore? _store;

    /// <param name="columns">The columns to learn from, in the order in which their numbers will come.</param>
    /// <param name="label">The label column.</param>
    /// <param name="weight">The weight column, or -1.</param>
    /// <param name="memoryBudgetMegabytes">How many megabytes rows may take in memory, if the user says so.</param>
    public PlainRows(ColumnProfile[] columns, int label, int weight, int? memoryBudgetMegabytes)
    {
        _columns = columns;
        _store = new CellStore(
            [.. columns.Select(column => (column.Index, ColumnRole.Number)), (label, ColumnRole.Label), (weight, ColumnRole.Weight)], memoryBudgetMegabytes);
    }

    /// <summary>Takes a row with a label, which the columns' profiles have seen.</summary>
    public void Add(long row, ReadOnlySpan<double> numbers, byte label, double weight)
    {
        if (_store is null)
            return;
        foreach (ColumnProfile column in _columns)
        {
            if (column.NeedsFormat)
            {
                Dispose();
                return;
            }
        }
        Span<double> cells = _store.NewRow();
        numbers.CopyTo(cells);
        (cells[^2], cells[^1]) = (label, weight);
        _store.EndRow(row);
    }

    /// <summary>The rows, which are then the caller's to dispose of; null where they must be read again.</summary>
    /// <param name="labels">The labels, decided.</param>
    public CellStore? Take(LabelProfile labels)
    {
        CellStore? store = _store;
        if (store is null || labels.MarkAsValue is not null || _columns.Any(column => column.IsUsed && column.Kind != ColumnKind.Numeric))
            return null;
        _store = null;
        store.ArePositive = labels.ArePositive;
        store.Finish();
        return store;
    }

    public void Dispose()
    {
        _store?.Dispose();
        _store = null;
    }
}
