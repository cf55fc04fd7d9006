using Microsoft.ML;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// The rows of a table for ML.NET: parsed once and stored, or as text that every pass parses. ML.NET's own text loader is quicker to set up
/// (see Examples/) but turns text in a column of numbers silently into NaN and fills short rows.
/// </summary>
internal sealed class TableView : IDataView
{
    /// <summary>Up to so many columns each is a column of the model's input under its own name; beyond it they are vectors, for ML.NET's
    /// time grows with the square of the columns.</summary>
    public const int MostNamedColumns = 1000;

    private readonly int[] _firstCells;
    private readonly long? _rowCount;
    private readonly CellStore? _store;
    private readonly int[] _places = [];

    private TableView(
        TableFile table,
        IReadOnlyList<ViewColumn> columns,
        LabelValues labels,
        Func<long, bool>? includes = null,
        long? rowCount = null,
        CellStore? store = null)
    {
        (Table, Columns, Labels, Includes, _rowCount, _store) = (table, columns, labels, includes, rowCount, store);
        Schema = TableSchema.ToSchema(columns, labels);
        _firstCells = new int[columns.Count];
        foreach ((int c, ViewColumn column) in columns.Index())
        {
            _firstCells[c] = CellCount;
            CellCount += column.Sources.Count;
        }
        if (store is not null)
            _places = store.PlacesOf(this);
    }

    /// <summary>The file.</summary>
    public TableFile Table { get; }

    /// <summary>The columns, in the schema's order.</summary>
    public IReadOnlyList<ViewColumn> Columns { get; }

    /// <summary>How many cells a row has: one for each source of a column.</summary>
    public int CellCount { get; }

    /// <summary>The cells: a field of the file, or -1, and what it is read for.</summary>
    public IEnumerable<(int Field, ColumnRole Role)> Cells => Columns.SelectMany(column => column.Sources.Select(source => (source.Field, column.Role)));

    /// <summary>The label's two values.</summary>
    public LabelValues Labels { get; }

    /// <summary>The label column.</summary>
    public ViewColumn Label => Columns.Single(column => column.Role == ColumnRole.Label);

    /// <summary>The label column's name.</summary>
    public string LabelName => Label.Name;

    /// <summary>Which rows of the file belong to the view; null for all.</summary>
    public Func<long, bool>? Includes { get; }

    /// <summary>What was odd about the rows, known once they have been read.</summary>
    public RowNotices Notices { get; private init; } = new();

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    /// <summary>The labelled rows of a profiled table, or some of them, to learn from; they are parsed by the first view of them.</summary>
    /// <param name="profile">The table.</param>
    /// <param name="includes">Which rows, by their number from 0; null for all.</param>
    public static TableView ForTraining(TableProfile profile, Func<long, bool>? includes = null)
    {
        long count = 0;
        for (int row = 0; row < profile.LabelByRow.Length; row++)
            count += profile.LabelByRow[row] is not null && (includes is null || includes(row)) ? 1 : 0;
        return new TableView(profile.Table, ColumnsOf(profile), profile.Labels, includes, count, profile.Cells);
    }

    /// <summary>The labelled rows of a profiled table as text.</summary>
    public static TableView OfText(TableProfile profile) => new(
        profile.Table,
        ColumnsOf(profile),
        profile.Labels,
        row => row < profile.LabelByRow.Length
            ? profile.LabelByRow[row] is not null
            : throw new UserError($"{profile.Table.Path} grew while it was read; read it once it is complete."),
        profile.LabelByRow.LongLength - profile.MissingLabels);

    /// <summary>All rows of a table for a saved model, its columns found by name in whatever order.</summary>
    /// <param name="table">The table.</param>
    /// <param name="schema">The schema that was saved with the model.</param>
    /// <param name="model">The model's file, for messages.</param>
    /// <param name="needsLabel">Whether labels are read: the table must have them then, and rows without one are left out.</param>
    /// <param name="label">The label column's name in this file, or null for its name in training.</param>
    /// <param name="positive">The positive value of the labels in this file, against the rest; null for the two that training had.</param>
    /// <param name="needsWeight">Whether weights of examples are read, if training has such: the table must have them then.</param>
    /// <exception cref="UserError">The table lacks columns that the model reads.</exception>
    public static TableView ForModel(
        TableFile table, DataViewSchema schema, string model, bool needsLabel, string? label = null, string? positive = null, bool needsWeight = false)
    {
        (IReadOnlyList<ViewColumn> expected, LabelValues labels) = TableSchema.FromSchema(schema, model);
        List<ViewColumn> columns = [];
        List<string> missing = [];
        HashSet<string> ofModel = [.. expected.SelectMany(column => column.Sources.Select(source => source.Name))];
        HashSet<int> similar = [];
        foreach (ViewColumn column in expected)
        {
            bool isRead = column.Role is ColumnRole.Number or ColumnRole.Word or ColumnRole.Text || (needsLabel && column.Role == ColumnRole.Label)
                || (needsWeight && column.Role == ColumnRole.Weight);
            columns.Add(column with { Sources = [.. column.Sources.Select(source => Find(source, isRead, column.Role == ColumnRole.Label))] });
        }
        if (missing.Count > 0)
        {
            const int shown = 5;
            string names = string.Join(", ", missing.Take(shown)) + (missing.Count > shown ? $" and {missing.Count - shown} more" : "");
            throw new UserError($"{table.Path} has no column {names}, which the model {model} needs.");
        }
        return new TableView(table, columns, positive is null ? labels : LabelValues.AgainstRest(positive.Trim()));

        SourceColumn Find(SourceColumn source, bool isRead, bool isLabel)
        {
            string name = isLabel ? label ?? source.Name : source.Name;
            int field = isRead ? table.IndexOf(name) : -1;
            // A name in other case is the same column's, unless another of the model's columns has it, or could have it.
            if (field >= 0 && table.Names[field] != name.Trim() && (ofModel.Contains(table.Names[field]) || !similar.Add(field)))
                field = -1;
            if (isRead && field < 0)
                missing.Add(Shown.Text(name));
            return source with { Field = field };
        }
    }

    /// <summary>The same rows, read from where they were stored.</summary>
    public TableView From(CellStore store) => new(Table, Columns, Labels, null, store.Count, store) { Notices = Notices };

    /// <summary>The cells of the columns of a role.</summary>
    public IEnumerable<int> CellsOf(ColumnRole role) => Columns.Index().Where(column => column.Item.Role == role)
        .SelectMany(column => Enumerable.Range(_firstCells[column.Index], column.Item.Sources.Count));

    /// <summary>The same rows with all columns of numbers as one vector; null where there are none, or they are one already.</summary>
    /// <param name="name">The vector's name.</param>
    public TableView? WithNumbersAs(string name)
    {
        ViewColumn[] numbers = [.. Columns.Where(column => column.Role == ColumnRole.Number && !column.IsVector)];
        ViewColumn all = new(name, ColumnRole.Number, [.. numbers.SelectMany(column => column.Sources)], IsVector: true);
        return numbers.Length == 0 ? null
            : new TableView(Table, [all, .. Columns.Except(numbers)], Labels, Includes, _rowCount, _store) { Notices = Notices };
    }

    /// <summary>The first cell of a column.</summary>
    public int FirstCell(int column) => _firstCells[column];

    public long? GetRowCount() => _rowCount;

    /// <summary>Starts a pass over the rows.</summary>
    public RowCells OpenCells() => OpenCells([.. Columns.Select(_ => true)]);

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        bool[] active = Active(columnsNeeded);
        return new TableCursor(this, active, OpenCells(active));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        if (_store is null || n < 2)
            return [GetRowCursor(columnsNeeded, rand)];
        bool[] active = Active(columnsNeeded);
        return [.. Enumerable.Range(0, n).Select(i => new TableCursor(this, active, new StoredCells(_store, this, _places, i, n)))];
    }

    private RowCells OpenCells(bool[] active) => _store is null ? new TextCells(this, active) : new StoredCells(_store, this, _places);

    private bool[] Active(IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        bool[] active = new bool[Columns.Count];
        foreach (DataViewSchema.Column column in columnsNeeded)
        {
            if (column.Index < active.Length && Columns[column.Index].Name == column.Name)
                active[column.Index] = true;
        }
        return active;
    }

    private static List<ViewColumn> ColumnsOf(TableProfile profile)
    {
        SourceColumn[] numbers = [.. Of(ColumnKind.Numeric)], words = [.. Of(ColumnKind.Categorical)], texts = [.. Of(ColumnKind.FreeText)];
        List<ViewColumn> columns = [];
        if (numbers.Length + words.Length > MostNamedColumns)
        {
            if (numbers.Length > 0)
                columns.Add(new ViewColumn("(numbers)", ColumnRole.Number, numbers, IsVector: true));
            if (words.Length > 0)
                columns.Add(new ViewColumn("(words)", ColumnRole.Word, words, IsVector: true));
            columns.AddRange(texts.Select(text => new ViewColumn(ColumnRole.Text, text)));
        }
        else
        {
            columns.AddRange(profile.UsedColumns.Select(column => new ViewColumn(
                column.Kind switch { ColumnKind.Numeric => ColumnRole.Number, ColumnKind.FreeText => ColumnRole.Text, _ => ColumnRole.Word },
                new SourceColumn(column))));
        }
        if (profile.Weight is { } weight)
            columns.Add(new ViewColumn(weight.Name, ColumnRole.Weight, [new SourceColumn(profile.Table.Names[weight.Index], weight.Index)]));
        columns.Add(new ViewColumn(profile.LabelName, ColumnRole.Label, [new SourceColumn(profile.Table.Names[profile.LabelIndex], profile.LabelIndex)]));
        return columns;

        IEnumerable<SourceColumn> Of(ColumnKind kind) =>
            profile.UsedColumns.Where(column => column.Kind == kind).Select(column => new SourceColumn(column));
    }
}
