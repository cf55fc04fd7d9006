namespace Microsoft.ML.Data;

/// <summary>
/// How a transformer changes rows of one schema: the output has the input's columns (those of <see cref="GetKeptColumns"/>) and after them
/// the new ones, which hide input columns of the same name. A mapper holds no state of rows, so it serves any number of threads.
/// </summary>
internal abstract class RowMapper : IRowToRowMapper
{
    private readonly Lazy<(DataViewSchema Schema, int[] Sources)> _layout;

    protected RowMapper(DataViewSchema inputSchema)
    {
        InputSchema = inputSchema;
        _layout = new(() => LayOut(this));
    }

    public DataViewSchema InputSchema { get; }
    public DataViewSchema OutputSchema => _layout.Value.Schema;
    protected abstract IReadOnlyList<DataViewSchema.DetachedColumn> GetNewColumns();
    protected abstract IEnumerable<int> GetInputs(int newColumn);
    /// <summary>Getters, of the raw types, of the active new columns, whose inputs are active too. Others don't matter.</summary>
    protected abstract Delegate[] MakeGetters(DataViewRow input, bool[] active);
    protected virtual IReadOnlyList<int> GetKeptColumns() => Enumerable.Range(0, InputSchema.Count).ToArray();

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = dependingColumns.Select(column => SourceOf(column.Index))
            .SelectMany(source => source >= 0 ? [source] : GetInputs(~source)).ToHashSet();
        return InputSchema.Where(column => needed.Contains(column.Index)).ToArray();
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
        => new MappedRow(this, input, Getters.Mark(OutputSchema, activeColumns));
    /// <summary>For an output column, the index of the input column kept, or the complement of the index among the new columns.</summary>
    internal int SourceOf(int outputColumn) => _layout.Value.Sources[outputColumn];

    internal Delegate[] MakeActiveGetters(DataViewRow input, bool[] activeOutputs)
    {
        var sources = _layout.Value.Sources;
        var active = new bool[sources.Count(source => source < 0)];
        foreach (var (i, source) in sources.Index().Where(column => column.Item < 0))
            active[~source] = activeOutputs[i];
        return active.Contains(true) ? MakeGetters(input, active) : [];
    }

    /// <summary>Does some work once for each row, however often the row's columns ask for it.</summary>
    protected static Action OncePerRow(DataViewRow row, Action work)
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

    private static (DataViewSchema Schema, int[] Sources) LayOut(RowMapper mapper)
    {
        var (added, sources, builder) = (mapper.GetNewColumns(), new List<int>(), new DataViewSchema.Builder());
        foreach (var kept in mapper.GetKeptColumns())
        {
            builder.AddColumns([mapper.InputSchema[kept]]);
            sources.Add(kept);

            // A new column stands right behind the one that it hides.
            Place(i => mapper.InputSchema.GetColumnOrNull(added[i].Name)?.Index == kept);
        }

        Place(_ => true);
        return (builder.ToSchema(), [.. sources]);

        void Place(Func<int, bool> isHere)
        {
            for (var i = 0; i < added.Count; i++)
            {
                if (sources.Contains(~i) || !isHere(i))
                    continue;
                builder.AddColumns([added[i]]);
                sources.Add(~i);
            }
        }
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
    private readonly Delegate[] _getters = mapper.MakeActiveGetters(input, active);
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
