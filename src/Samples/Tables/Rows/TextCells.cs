namespace MlNetShallowNet.Samples.Tables;

/// <summary>The rows as they stand in the file. A cell is parsed when it is asked for; what was odd is told to the view at the end.</summary>
internal sealed class TextCells : RowCells
{
    private readonly TableView _view;
    private readonly TableRows _rows;
    private readonly NumberCell?[] _numbers;
    private readonly CellReader<ReadOnlyMemory<char>>?[] _texts;
    private readonly SourceColumn? _weight;
    private readonly SourceColumn? _labelThatSelects;
    private bool _label;
    private long _count;
    private long _withoutLabel;

    /// <param name="view">The view.</param>
    /// <param name="active">Which of its columns will be read.</param>
    public TextCells(TableView view, bool[] active)
    {
        (_view, _rows) = (view, view.Table.OpenRows());
        _numbers = new NumberCell?[view.CellCount];
        _texts = new CellReader<ReadOnlyMemory<char>>?[view.CellCount];
        for (int c = 0; c < active.Length; c++)
        {
            ViewColumn column = view.Columns[c];
            for (int s = 0; active[c] && s < column.Sources.Count; s++)
            {
                SourceColumn source = column.Sources[s];
                if (column.Role == ColumnRole.Number)
                    _numbers[view.FirstCell(c) + s] = new NumberCell(source, view.Table.Path);
                else if (column.Role == ColumnRole.Word)
                    _texts[view.FirstCell(c) + s] = new WordCell(source, view.Notices.KnownWords?.GetValueOrDefault(source.Name));
                else if (column.Role == ColumnRole.Text)
                    _texts[view.FirstCell(c) + s] = new TextCell(source);
            }
            if (column.Role == ColumnRole.Weight && column.Sources[0].Field >= 0)
                _weight = column.Sources[0];
        }
        _labelThatSelects = view.Label.Sources[0].Field >= 0 ? view.Label.Sources[0] : null;
    }

    /// <summary>The pass over the text.</summary>
    public TableRows Rows => _rows;

    public override long Row => _rows.Row;

    public override bool Label => _label;

    public override double Weight => _weight is null ? 1 : WeightProfile.Read(_rows[_weight.Field], _weight.Name, _view.Table.Path, _rows.Line);

    public override bool Read()
    {
        while (_rows.Read())
        {
            if (_view.Includes is { } includes && !includes(_rows.Row))
                continue;
            if (_labelThatSelects is not null && !ReadLabel(_labelThatSelects))
            {
                _withoutLabel++;
                continue;
            }
            _count++;
            return true;
        }
        if (_view.GetRowCount() is { } expected && _count != expected)
            throw new UserError($"{_view.Table.Path} shrank while it was read ({expected} rows, now {_count}); read it once it is complete.");
        _view.Notices.TellWithoutLabel(_withoutLabel);
        foreach (CellReader? reader in _numbers.Concat<CellReader?>(_texts))
            reader?.Tell(_view.Notices);
        return false;
    }

    public override double Number(int cell) => _numbers[cell]!.Read(_rows);

    public override ReadOnlyMemory<char> Text(int cell) => _texts[cell]!.Read(_rows);

    public override void Dispose() => _rows.Dispose();

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
}
