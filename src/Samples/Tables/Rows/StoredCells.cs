namespace MlNetShallowNet.Samples.Tables;

/// <summary>Rows that were parsed before.</summary>
/// <param name="store">The rows.</param>
/// <param name="view">The view, which may leave some of them out.</param>
/// <param name="places">Where the view's cells are in a row.</param>
/// <param name="first">The number of the first piece to read.</param>
/// <param name="step">How many passes share the pieces: each reads every so many.</param>
internal sealed class StoredCells(CellStore store, TableView view, int[] places, int first = 0, int step = 1) : RowCells
{
    private readonly int _rowNumbers = store.RowNumbers;
    private readonly int _label = PlaceOf(ColumnRole.Label, view, places), _weight = PlaceOf(ColumnRole.Weight, view, places);
    private double[] _piece = [];
    private double[]? _buffer;
    private int _next = first, _rows, _row = -1, _start;

    public override long Row => (long)_piece[_start + _rowNumbers - 1];

    public override long Batch => _next - step;

    public override bool Label => _label >= 0 && store.ArePositive[(int)_piece[_start + _label]];

    public override double Weight => _weight < 0 ? 1 : _piece[_start + _weight];

    public override bool Read()
    {
        while (true)
        {
            if (++_row >= _rows)
            {
                if (_next >= store.Pieces)
                    return false;
                _piece = store.Piece(_next, ref _buffer, out _rows);
                (_next, _row) = (_next + step, 0);
                StopRequest.ThrowIfAsked($"{view.Table.Path} was read");
            }
            _start = _row * _rowNumbers;
            if (view.Includes is not { } includes || includes(Row))
                return true;
        }
    }

    public override double Number(int cell) => _piece[_start + places[cell]];

    public override void Numbers(int first, Span<double> numbers)
    {
        ReadOnlySpan<double> row = _piece.AsSpan(_start, _rowNumbers);
        ReadOnlySpan<int> from = places.AsSpan(first, numbers.Length);
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = row[from[i]];
    }

    public override ReadOnlyMemory<char> Text(int cell) => store.Text(places[cell], _piece[_start + places[cell]]);

    public override void Dispose()
    {
        // The store is its owner's to dispose of.
    }

    private static int PlaceOf(ColumnRole role, TableView view, int[] places) => view.CellsOf(role).Select(cell => places[cell]).FirstOrDefault(-1);
}
