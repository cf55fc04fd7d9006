using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>A pass over a <see cref="TableView"/>.</summary>
internal sealed class TableCursor : DataViewRowCursor
{
    private const int MostTextsKept = ColumnProfile.MostLevels;

    private readonly TableView _view;
    private readonly bool[] _active;
    private readonly Func<long, bool>? _includes;
    private readonly TableRows _rows;
    private readonly ViewColumn? _labelThatSelects;
    private long _position = -1;
    private bool _label;

    /// <param name="view">The view.</param>
    /// <param name="active">Which of its columns will be read.</param>
    /// <param name="includes">Which rows of the file belong to the view; null for all.</param>
    public TableCursor(TableView view, bool[] active, Func<long, bool>? includes)
    {
        _view = view;
        _active = active;
        _includes = includes;
        _rows = view.Table.OpenRows();
        _labelThatSelects = view.Columns.FirstOrDefault(column => column.Role == ColumnRole.Label && column.Field >= 0);
    }

    public override DataViewSchema Schema => _view.Schema;

    public override long Position => _position;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override bool MoveNext()
    {
        while (_rows.Read())
        {
            if (_includes is not null && !_includes(_rows.Row))
                continue;
            if (_labelThatSelects is not null && !ReadLabel(_labelThatSelects))
                continue;
            _position++;
            return true;
        }
        _position = -1;
        return false;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() =>
        (ref DataViewRowId value) => value = new DataViewRowId((ulong)_rows.Row, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!_active[column.Index])
            throw new InvalidOperationException($"Column '{column.Name}' is not active in this cursor; ask for it with the cursor.");
        ViewColumn asked = _view.Columns[column.Index];
        Delegate getter = asked.Role switch
        {
            ColumnRole.Number => NumberGetter(asked),
            ColumnRole.Text => TextGetter(asked),
            ColumnRole.Label => (ValueGetter<bool>)((ref bool value) => value = _label),
            _ => WeightGetter(asked),
        };
        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' is of type {column.Type}, not {typeof(TValue).Name}.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _rows.Dispose();
        base.Dispose(disposing);
    }

    private string Here => $"{_view.Table.Path}, line {_rows.Line}";

    /// <summary>Reads the current row's label; false if it has none.</summary>
    private bool ReadLabel(ViewColumn column)
    {
        ReadOnlySpan<char> field = _rows[column.Field];
        bool? label = _view.Labels.Read(field);
        if (label is null && !MissingValue.Is(field))
        {
            throw new UserError(
                $"{Here}: the label is '{field}', but the model knows '{_view.Labels.Negative}' and '{_view.Labels.Positive}'.");
        }
        _label = label ?? false;
        return label is not null;
    }

    private ValueGetter<float> NumberGetter(ViewColumn column) => (ref float value) =>
    {
        ReadOnlySpan<char> field = _rows[column.Field];
        if (MissingValue.Is(field))
            value = float.NaN;
        else if (!NumberText.TryParse(field, out value))
            throw new UserError($"{Here}: '{field}' in column '{column.Name}', where the model expects a number.");
        else if (!float.IsFinite(value))
            value = float.NaN;
    };

    private ValueGetter<float> WeightGetter(ViewColumn column) => (ref float value) =>
    {
        if (column.Field < 0)
            value = 1;
        else if (!NumberText.TryParse(_rows[column.Field], out value) || !(value >= 0 && float.IsFinite(value)))
            throw new UserError($"{Here}: '{_rows[column.Field]}' in column '{column.Name}' is no weight; a weight is a number from 0 up.");
    };

    /// <summary>Rows share a buffer, and a value must outlive its row: so each different text is kept once.</summary>
    private ValueGetter<ReadOnlyMemory<char>> TextGetter(ViewColumn column)
    {
        Dictionary<string, ReadOnlyMemory<char>> kept = new(StringComparer.Ordinal);
        var bySpan = kept.GetAlternateLookup<ReadOnlySpan<char>>();
        return (ref ReadOnlyMemory<char> value) =>
        {
            ReadOnlySpan<char> field = _rows[column.Field];
            if (MissingValue.Is(field))
            {
                value = default;
            }
            else if (!bySpan.TryGetValue(field, out value))
            {
                string text = field.ToString();
                value = text.AsMemory();
                if (kept.Count < MostTextsKept)
                    kept.Add(text, value);
            }
        };
    }
}
