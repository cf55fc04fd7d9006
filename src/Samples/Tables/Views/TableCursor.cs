using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>A pass over a <see cref="TableView"/>.</summary>
internal sealed class TableCursor : DataViewRowCursor
{
    private readonly TableView _view;
    private readonly bool[] _active;
    private readonly TableRows _rows;
    private readonly ViewColumn? _labelThatSelects;
    private readonly List<CellReader> _readers = [];
    private long _position = -1;
    private long _withoutLabel;
    private bool _label;

    /// <param name="view">The view.</param>
    /// <param name="active">Which of its columns will be read.</param>
    public TableCursor(TableView view, bool[] active)
    {
        (_view, _active, _rows) = (view, active, view.Table.OpenRows());
        _labelThatSelects = view.Label.Sources[0].Field >= 0 ? view.Label : null;
    }

    public override DataViewSchema Schema => _view.Schema;

    public override long Position => _position;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override bool MoveNext()
    {
        while (_rows.Read())
        {
            if (_view.Includes is { } includes && !includes(_rows.Row))
                continue;
            if (_labelThatSelects is not null && !ReadLabel(_labelThatSelects.Sources[0]))
            {
                _withoutLabel++;
                continue;
            }
            _position++;
            return true;
        }
        if (_view.GetRowCount() is { } expected && _position + 1 != expected)
            throw new UserError($"{_view.Table.Path} shrank while it was read ({expected} rows, now {_position + 1}); read it once it is complete.");
        _view.Notices.TellWithoutLabel(_withoutLabel);
        _readers.ForEach(reader => reader.Tell(_view.Notices));
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
            ColumnRole.Number => asked.IsVector ? VectorGetter(asked, Numbers(asked)) : ScalarGetter(Numbers(asked)[0]),
            ColumnRole.Word => asked.IsVector ? VectorGetter(asked, Words(asked)) : ScalarGetter(Words(asked)[0]),
            ColumnRole.Text => ScalarGetter(Track([new TextCell(asked.Sources[0])])[0]),
            ColumnRole.Label => (ValueGetter<bool>)((ref bool value) => value = _label),
            _ => WeightGetter(asked.Sources[0]),
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

    private NumberCell[] Numbers(ViewColumn column) => Track(column.Sources.Select(source => new NumberCell(source, _view.Table.Path)));

    private WordCell[] Words(ViewColumn column) => Track(column.Sources.Select(
        source => new WordCell(source, column.IsVector, _view.Notices.KnownWords?.GetValueOrDefault(source.Name))));

    private T[] Track<T>(IEnumerable<T> readers)
        where T : CellReader
    {
        T[] all = [.. readers];
        _readers.AddRange(all);
        return all;
    }

    private ValueGetter<T> ScalarGetter<T>(CellReader<T> cell) => (ref T value) => value = cell.Read(_rows);

    private ValueGetter<VBuffer<T>> VectorGetter<T>(ViewColumn column, CellReader<T>[] cells) => (ref VBuffer<T> value) =>
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref value, column.Sources.Count);
        for (int i = 0; i < cells.Length; i++)
            editor.Values[i] = cells[i].Read(_rows);
        value = editor.Commit();
    };

    /// <summary>Reads the current row's label; false if it has none.</summary>
    private bool ReadLabel(SourceColumn column)
    {
        ReadOnlySpan<char> field = _rows[column.Field];
        bool? label = _view.Labels.Read(field);
        if (label is null && !MissingMark.Is(field))
        {
            throw new UserError(
                $"{_view.Table.Path}, line {_rows.Line}: the label is {Shown.Text(field)}, but the model knows " +
                $"{Shown.Text(_view.Labels.Negative)} and {Shown.Text(_view.Labels.Positive)}.");
        }
        _label = label ?? false;
        return label is not null;
    }

    private ValueGetter<float> WeightGetter(SourceColumn column) => (ref float value) => value = column.Field < 0
        ? 1
        : (float)WeightProfile.Read(_rows[column.Field], column.Name, _view.Table.Path, _rows.Line);
}
