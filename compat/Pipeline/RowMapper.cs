namespace Microsoft.ML.Data;

/// <summary>
/// How a transformer changes rows of one schema: the output has the input's columns, or those kept, and the new ones behind those that they
/// hide or at the end. A mapper holds no state of rows, so it serves any number of threads.
/// </summary>
internal sealed class RowMapper : IRowToRowMapper
{
    private readonly Func<int, IEnumerable<int>> _inputs;
    private readonly Func<DataViewRow, bool[], Delegate[]> _makeGetters;

    // For an output column the index of the input column kept, or the complement of the index among the new columns.
    private readonly List<int> _sources = [];

    /// <param name="inputSchema">The schema of the rows taken.</param>
    /// <param name="added">The new columns.</param>
    /// <param name="inputs">The input columns that a new column, by its index among them, is computed from.</param>
    /// <param name="makeGetters">Getters of the active new columns, whose inputs are active too; others don't matter.</param>
    /// <param name="kept">The input columns kept; null for all.</param>
    public RowMapper(DataViewSchema inputSchema, IReadOnlyList<DataViewSchema.Column> added, Func<int, IEnumerable<int>> inputs,
        Func<DataViewRow, bool[], Delegate[]> makeGetters, IEnumerable<int> kept = null)
    {
        (InputSchema, _inputs, _makeGetters) = (inputSchema, inputs, makeGetters);
        var builder = new DataViewSchema.Builder();
        foreach (var index in kept ?? Enumerable.Range(0, inputSchema.Count))
        {
            builder.AddColumns([inputSchema[index]]);
            _sources.Add(index);
            Place(column => inputSchema.GetColumnOrNull(column.Name)?.Index == index);
        }
        Place(_ => true);
        OutputSchema = builder.ToSchema();

        void Place(Func<DataViewSchema.Column, bool> isHere)
        {
            foreach (var (i, column) in added.Index().Where(column => isHere(column.Item) && !_sources.Contains(~column.Index)))
            {
                builder.AddColumns([column]);
                _sources.Add(~i);
            }
        }
    }

    public DataViewSchema InputSchema { get; }
    public DataViewSchema OutputSchema { get; }
    public int SourceOf(int outputColumn) => _sources[outputColumn];

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = dependingColumns.Select(column => _sources[column.Index])
            .SelectMany(source => source >= 0 ? [source] : _inputs(~source)).ToHashSet();
        return InputSchema.Where(column => needed.Contains(column.Index)).ToArray();
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
        => new MappedRow(this, input, Getters.Mark(OutputSchema, activeColumns));

    public Delegate[] MakeGetters(DataViewRow input, bool[] activeOutputs)
    {
        var active = new bool[_sources.Count(source => source < 0)];
        foreach (var (i, source) in _sources.Index().Where(column => column.Item < 0))
            active[~source] = activeOutputs[i];
        return active.Contains(true) ? _makeGetters(input, active) : [];
    }

    /// <summary>Does some work once for each row, however often the row's columns ask for it.</summary>
    public static Action OncePerRow(DataViewRow row, Action work)
    {
        var served = -1L;
        return () =>
        {
            if (served == row.Position)
                return;
            work();
            served = row.Position;
        };
    }
}

/// <summary>Maps a row of one schema to a row of another.</summary>
public interface IRowToRowMapper
{
    /// <summary>The schema of the rows taken.</summary>
    DataViewSchema InputSchema { get; }
    /// <summary>The schema of the rows given.</summary>
    DataViewSchema OutputSchema { get; }
    /// <summary>The input columns that the given output columns are computed from.</summary>
    IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns);
    /// <summary>The output row over an input row, following it as it moves; disposing it disposes the input.</summary>
    DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns);
}

/// <summary>A row computed from another.</summary>
internal sealed class MappedRow(RowMapper mapper, DataViewRow input, bool[] active) : PartialCursor(mapper.OutputSchema, active)
{
    private readonly Delegate[] _getters = mapper.MakeGetters(input, active);
    public override long Position => input.Position;
    public override long Batch => input.Batch;
    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();
    protected override Delegate MakeGetter(DataViewSchema.Column column) => mapper.SourceOf(column.Index) is >= 0 and var source
        ? Getters.Get(input, input.Schema[source]) : _getters[~mapper.SourceOf(column.Index)];

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }
}
