using Microsoft.ML;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// The rows of a table for ML.NET, read from the file on every pass. ML.NET's own text loader is quicker to set up (see Examples/) but
/// turns text in a column of numbers silently into NaN and fills short rows; here both are errors that name the line.
/// </summary>
internal sealed class TableView : IDataView
{
    private readonly Func<long, bool>? _includes;
    private readonly long? _rowCount;

    private TableView(
        TableFile table, IReadOnlyList<ViewColumn> columns, LabelValues labels, Func<long, bool>? includes = null, long? rowCount = null)
    {
        Table = table;
        Columns = columns;
        Labels = labels;
        _includes = includes;
        _rowCount = rowCount;
        Schema = TableSchema.ToSchema(columns, labels);
    }

    /// <summary>The file.</summary>
    public TableFile Table { get; }

    /// <summary>The columns, in the schema's order.</summary>
    public IReadOnlyList<ViewColumn> Columns { get; }

    /// <summary>The label's two values.</summary>
    public LabelValues Labels { get; }

    /// <summary>The label column's name.</summary>
    public string LabelName => Columns.Single(column => column.Role == ColumnRole.Label).Name;

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    /// <summary>The labelled rows of a profiled table, or some of them, to learn from.</summary>
    /// <param name="profile">The table.</param>
    /// <param name="includes">Which rows, by their number from 0; null for all.</param>
    public static TableView ForTraining(TableProfile profile, Func<long, bool>? includes = null)
    {
        List<ViewColumn> columns = [];
        foreach (ColumnProfile column in profile.UsedColumns)
            columns.Add(new ViewColumn(column.Name, column.Kind == ColumnKind.Numeric ? ColumnRole.Number : ColumnRole.Text, column.Index));
        if (profile.Weight is { } weight)
            columns.Add(new ViewColumn(weight.Name, ColumnRole.Weight, weight.Index));
        columns.Add(new ViewColumn(profile.LabelName, ColumnRole.Label, profile.LabelIndex));
        long count = 0;
        for (int row = 0; row < profile.LabelByRow.Length; row++)
            count += Includes(row) ? 1 : 0;
        return new TableView(profile.Table, columns, profile.Labels, Includes, count);

        bool Includes(long row) => profile.LabelByRow[row] is not null && (includes is null || includes(row));
    }

    /// <summary>All rows of a table for a saved model, its columns found by name in whatever order.</summary>
    /// <param name="table">The table.</param>
    /// <param name="schema">The schema that was saved with the model.</param>
    /// <param name="model">The model's file, for messages.</param>
    /// <param name="needsLabel">Whether labels are read: the table must have them then, and rows without one are left out.</param>
    /// <param name="label">The label column's name in this file, or null for its name in training.</param>
    /// <exception cref="UserError">The table lacks columns that the model reads.</exception>
    public static TableView ForModel(TableFile table, DataViewSchema schema, string model, bool needsLabel, string? label = null)
    {
        (IReadOnlyList<ViewColumn> expected, LabelValues labels) = TableSchema.FromSchema(schema, model);
        List<ViewColumn> columns = [];
        List<string> missing = [];
        foreach (ViewColumn column in expected)
        {
            bool isRead = column.Role is ColumnRole.Number or ColumnRole.Text || (needsLabel && column.Role == ColumnRole.Label);
            string name = column.Role == ColumnRole.Label ? label ?? column.Name : column.Name;
            int field = isRead ? table.IndexOf(name) : -1;
            if (isRead && field < 0)
                missing.Add($"'{name}'");
            columns.Add(column with { Field = field });
        }
        if (missing.Count > 0)
        {
            const int shown = 5;
            string names = string.Join(", ", missing.Take(shown)) + (missing.Count > shown ? $" and {missing.Count - shown} more" : "");
            throw new UserError($"{table.Path} has no column {names}, which the model {model} needs.");
        }
        return new TableView(table, columns, labels);
    }

    public long? GetRowCount() => _rowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        bool[] active = new bool[Columns.Count];
        foreach (DataViewSchema.Column column in columnsNeeded)
        {
            if (column.Index < active.Length && Columns[column.Index].Name == column.Name)
                active[column.Index] = true;
        }
        return new TableCursor(this, active, _includes);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
