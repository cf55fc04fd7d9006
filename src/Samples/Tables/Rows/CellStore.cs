using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// The rows of a table, parsed once for all passes over them. Every cell is a number of eight bytes: a number, the place of a word in a list,
/// that of a text, or the number of a label's value. They are held row by row in pieces: in memory as long as they are few, else in a
/// temporary file without a name.
/// </summary>
internal sealed class CellStore : IDisposable
{
    /// <summary>How many bytes are held in memory, unless the user says how much memory rows may take: then a quarter of that.</summary>
    private const long UsualBytes = 64L << 20;

    private const int PieceNumbers = 1 << 17, FewRows = 16;

    private readonly Dictionary<(int Field, ColumnRole Role), int> _places = [];
    private readonly WordStore?[] _words;
    private readonly TextStore _texts;
    private readonly long _mostBytes;
    private readonly List<double[]> _inMemory = [];
    private double[] _piece = [];
    private SpillFile? _file;
    private int _rowsInPiece;

    /// <param name="cells">The fields of the file that are stored, and what for.</param>
    /// <param name="memoryBudgetMegabytes">How many megabytes rows may take in memory, if the user says so.</param>
    public CellStore(IReadOnlyList<(int Field, ColumnRole Role)> cells, int? memoryBudgetMegabytes)
    {
        _mostBytes = memoryBudgetMegabytes is { } budget ? ((long)budget << 20) / 4 : UsualBytes;
        _texts = new TextStore(_mostBytes);
        _words = [.. cells.Select(cell => cell.Role is ColumnRole.Word or ColumnRole.Text ? new WordStore(_texts, keepsWords: cell.Role == ColumnRole.Word) : null)];
        foreach ((int place, (int, ColumnRole) cell) in cells.Index())
            _places[cell] = place;
        RowNumbers = cells.Count + 1;
        PieceRows = Math.Max(1, PieceNumbers / RowNumbers);
    }

    /// <summary>Numbers that a row takes: its cells, and its number in the table.</summary>
    public int RowNumbers { get; }

    /// <summary>Rows in every piece but the last.</summary>
    public int PieceRows { get; }

    /// <summary>How many rows there are.</summary>
    public long Count { get; private set; }

    /// <summary>How many pieces, once all rows are there.</summary>
    public int Pieces { get; private set; }

    /// <summary>Whether they are in a file.</summary>
    public bool IsInFile => _file is not null;

    /// <summary>Of each value of the label, whether it is the positive one.</summary>
    public IReadOnlyList<bool> ArePositive { get; set; } = [false, true];

    /// <summary>Reads all rows of a view whose rows stand in a text.</summary>
    /// <param name="view">The view.</param>
    /// <param name="memoryBudgetMegabytes">How many megabytes rows may take in memory, if the user says so.</param>
    /// <exception cref="UserError">The text can't be read, or not as the view says.</exception>
    /// <exception cref="IOException">The temporary file can't be written; the message says why and what to do.</exception>
    public static CellStore Read(TableView view, int? memoryBudgetMegabytes = null) =>
        ReadingProgress.Run($"Reading {view.Table.Path}", progress => Read(view, memoryBudgetMegabytes, progress));

    private static CellStore Read(TableView view, int? memoryBudgetMegabytes, ReadingProgress progress)
    {
        (int Field, ColumnRole Role)[] cells = [.. view.Cells];
        CellStore store = new(cells, memoryBudgetMegabytes);
        try
        {
            using TextCells rows = new(view, [.. view.Columns.Select(_ => true)]);
            while (rows.Read())
            {
                progress.Show(rows.Rows);
                Span<double> row = store.NewRow();
                for (int cell = 0; cell < cells.Length; cell++)
                {
                    row[cell] = cells[cell].Role switch
                    {
                        ColumnRole.Number => rows.Number(cell),
                        ColumnRole.Word or ColumnRole.Text => store._words[cell]!.Add(rows.Text(cell)),
                        ColumnRole.Label => rows.Label ? 1 : 0,
                        _ => rows.Weight,
                    };
                }
                store.EndRow(rows.Row);
            }
            progress.Show(rows.Rows, isEnd: true);
            store.Finish();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>The cells of a new row, to be filled; it counts from <see cref="EndRow"/> on.</summary>
    public Span<double> NewRow()
    {
        int start = _rowsInPiece * RowNumbers;
        if (start == _piece.Length) // the only piece of a small table is no larger than need be
            Array.Resize(ref _piece, Math.Min(PieceRows, Math.Max(FewRows, 2 * _rowsInPiece)) * RowNumbers);
        return _piece.AsSpan(start, RowNumbers - 1);
    }

    /// <summary>Ends the new row.</summary>
    /// <param name="number">Its number in the table.</param>
    public void EndRow(long number)
    {
        _piece[++_rowsInPiece * RowNumbers - 1] = number;
        Count++;
        if (_rowsInPiece == PieceRows)
            EndPiece();
    }

    /// <summary>Ends the last row.</summary>
    public void Finish()
    {
        Array.Resize(ref _piece, _rowsInPiece * RowNumbers);
        if (_rowsInPiece > 0)
            EndPiece();
        _piece = [];
    }

    /// <summary>Where a view's cells are in a row; -1 for one that the file lacks.</summary>
    public int[] PlacesOf(TableView view) => [.. view.Cells.Select(cell => cell.Field < 0 ? -1 : _places[cell])];

    /// <summary>Gives a piece: as it stands in memory, or read into a buffer.</summary>
    /// <param name="piece">Its number.</param>
    /// <param name="buffer">Where it may be put; made if there is none.</param>
    /// <param name="rows">How many rows it has.</param>
    public double[] Piece(int piece, ref double[]? buffer, out int rows)
    {
        rows = (int)Math.Min(PieceRows, Count - (long)piece * PieceRows);
        if (_file is null)
            return _inMemory[piece];
        buffer ??= new double[PieceRows * RowNumbers];
        long at = (long)piece * PieceRows * RowNumbers * sizeof(double);
        _file.Read(ref at, buffer.AsSpan(0, rows * RowNumbers));
        return buffer;
    }

    /// <summary>The word or text that a number stands for.</summary>
    public ReadOnlyMemory<char> Text(int place, double number) => _words[place]!.Read(number);

    public void Dispose()
    {
        _file?.Dispose();
        _texts.Dispose();
    }

    private void EndPiece()
    {
        if (_file is null && (Pieces + 1L) * _piece.Length * sizeof(double) > _mostBytes)
        {
            _file = SpillFile.Create();
            _inMemory.ForEach(piece => _file.Append<double>(piece));
            _inMemory.Clear();
        }
        Pieces++;
        _rowsInPiece = 0;
        if (_file is not null)
        {
            _file.Append<double>(_piece);
            return;
        }
        _inMemory.Add(_piece);
        _piece = new double[_piece.Length];
    }
}
