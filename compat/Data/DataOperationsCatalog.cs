namespace Microsoft.ML;

/// <summary>Loading, splitting and caching data.</summary>
public sealed class DataOperationsCatalog
{
    private readonly Host _env;
    internal DataOperationsCatalog(Host env) => _env = env;
    internal IHostEnvironment Environment => _env;
    /// <summary>Objects as a view; their public fields and properties are its columns.</summary>
    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition schemaDefinition = null) where TRow : class
        => Load(Contracts.CheckValue(data), schemaDefinition);

    /// <summary>Objects as a view with the types and annotations of a schema.</summary>
    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, DataViewSchema schema) where TRow : class
        => Load(Contracts.CheckValue(data), SchemaDefinition.Create(typeof(TRow), Contracts.CheckValue(schema)));

    /// <summary>Rows as objects, read while they are enumerated; with <paramref name="reuseRowObject"/> one object all along.</summary>
    public IEnumerable<TRow> CreateEnumerable<TRow>(
        IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false, SchemaDefinition schemaDefinition = null)
        where TRow : class, new()
    {
        Contracts.CheckValue(data);
        _env.RegisterUnused(1);
        var filler = new ObjectFiller<TRow>(data.Schema, ignoreMissingColumns, schemaDefinition);
        return Enumerate();

        IEnumerable<TRow> Enumerate()
        {
            using var cursor = data.GetRowCursor(filler.Columns);
            var fill = filler.Over(cursor);
            TRow row = null;
            while (cursor.MoveNext())
            {
                if (row == null || !reuseRowObject)
                    row = new TRow();
                fill(row);
                yield return row;
            }
        }
    }

    /// <summary>The view with its columns held in memory once they have been read; those named are read at once.</summary>
    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        Contracts.CheckValue(input);
        var prefetch = Array.ConvertAll(columnsToPrefetch ?? [], name => input.Schema.GetColumnOrNull(name)
            ?? throw Contracts.MissingColumn(nameof(columnsToPrefetch), "prefetch", name));
        var cache = new CacheDataView(_env, input);
        if (prefetch.Length > 0)
            cache.Fill(prefetch);
        return cache;
    }

    /// <summary>The rows in random order, the same for each cursor, drawn from a pool of <paramref name="shufflePoolSize"/> rows.</summary>
    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        Contracts.CheckValue(input);
        Contracts.CheckParam(shufflePoolSize > 0, nameof(shufflePoolSize), "Must be positive");
        var host = _env.Register("Shuffle");
        return new ShuffledView(input, seed ?? ((TauswortheRandom)host.Rand).NextSigned(), shufflePoolSize, shuffleSource);
    }

    /// <summary>The first <paramref name="count"/> rows; at least 1.</summary>
    public IDataView TakeRows(IDataView input, long count) => SkipAndTake(input, count, 0, count);
    /// <summary>All but the first <paramref name="count"/> rows; at least 1.</summary>
    public IDataView SkipRows(IDataView input, long count) => SkipAndTake(input, count, count, long.MaxValue);

    /// <summary>The rows without NaN or missing keys in the given columns, which are of floating point numbers or keys.</summary>
    public IDataView FilterRowsByMissingValues(IDataView input, params string[] columns)
    {
        _env.RegisterUnused(1);
        return MissingValueFilter.Create(Contracts.CheckValue(input), columns);
    }

    /// <summary>Splits rows in two, about <paramref name="testFraction"/> for tests; rows of the same key stay together.</summary>
    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string samplingKeyColumnName = null, int? seed = null)
    {
        Contracts.CheckValue(data);
        Contracts.CheckParam(0 < testFraction && testFraction < 1, nameof(testFraction), "Must be between 0 and 1 exclusive");
        var numbers = new SplitNumbers(data, samplingKeyColumnName, seed ?? _env.Seed);
        _env.RegisterUnused(5);
        return Split(data, numbers, 0, testFraction, includeTo: false);
    }

    /// <summary>Splits rows into folds, each the test set of one of the results; rows of the same key stay together.</summary>
    public IReadOnlyList<TrainTestData> CrossValidationSplit(
        IDataView data, int numberOfFolds = 5, string samplingKeyColumnName = null, int? seed = null)
    {
        Contracts.CheckValue(data);
        Contracts.CheckParam(numberOfFolds > 1, nameof(numberOfFolds), "Must be more than 1");
        var numbers = new SplitNumbers(data, samplingKeyColumnName, seed ?? _env.Seed);
        _env.RegisterUnused(1 + 4 * numberOfFolds);
        return Enumerable.Range(0, numberOfFolds)
            .Select(fold => Split(data, numbers, (double)fold / numberOfFolds, (double)(fold + 1) / numberOfFolds, includeTo: true))
            .ToArray();
    }

    private SkipTakeView SkipAndTake(IDataView input, long count, long skip, long take)
    {
        Contracts.CheckParam(count > 0, nameof(count), "Must be greater than zero.");
        _env.RegisterUnused(1);
        return new SkipTakeView(Contracts.CheckValue(input), skip, take);
    }

    private static TrainTestData Split(IDataView data, SplitNumbers numbers, double from, double to, bool includeTo)
        => new(DropHidden(numbers.Filter(data, from, to, includeTo, outside: true)),
            DropHidden(numbers.Filter(data, from, to, includeTo, outside: false)));

    private static View DropHidden(View view) => !view.Schema.Any(column => column.IsHidden) ? view : new RowToRowDataView(view,
        new RowMapper(view.Schema, [], null, null, [.. view.Schema.Where(column => !column.IsHidden).Select(column => column.Index)]));

    private EnumerableDataView<TRow> Load<TRow>(IEnumerable<TRow> data, SchemaDefinition definition) where TRow : class
    {
        _env.RegisterUnused(1);
        return new EnumerableDataView<TRow>(data, RowMember<TRow>.Bind(definition, SchemaDefinition.Direction.Read));
    }

    /// <summary>A part to train on and a part to test with.</summary>
    public struct TrainTestData
    {
        /// <summary>The part to train on.</summary>
        public readonly IDataView TrainSet;
        /// <summary>The part to test with.</summary>
        public readonly IDataView TestSet;
        internal TrainTestData(IDataView trainSet, IDataView testSet) => (TrainSet, TestSet) = (trainSet, testSet);
    }
}

/// <summary>Makes views of sources, such as files.</summary>
public interface IDataLoader<in TSource> : ICanSaveModel
{
    /// <summary>The source as a view.</summary>
    IDataView Load(TSource input);
    /// <summary>The schema of the views.</summary>
    DataViewSchema GetOutputSchema();
}
