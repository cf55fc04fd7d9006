using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Training;

/// <summary>
/// ML.NET's transforms from a table's columns to one vector of features: numbers first, a missing one replaced by the mean; the parts of
/// dates; words one-hot; free text as counts; marks of missing numbers. All are in-box transforms of a few vectors, however many columns there
/// are, fitted to made-up rows that say what one pass over the table has found, instead of one pass each; but for those of free text, which
/// are fitted to the rows.
/// </summary>
internal sealed class FeaturePipeline
{
    public const string Features = "Features";
    public const string Numbers = "(numbers)", Words = "(words)", Dates = "(dates)", Parts = "(date parts)", Missing = "(missing)";

    private readonly MLContext _ml;
    private readonly FeatureStatistics _statistics;
    private readonly DataViewSchema _schema;
    private readonly List<ITransformer> _chain = [];
    private readonly List<string> _features = [];

    private FeaturePipeline(MLContext ml, IDataView rows, FeatureStatistics statistics)
    {
        DataViewSchema schema = rows.Schema;
        (_ml, _schema, _statistics) = (ml, schema, statistics);
        if (statistics.NumberColumns.Count > 0)
        {
            if (schema.GetColumnOrNull(Numbers) is null)
                Add(ml.Transforms.Concatenate(Numbers, [.. statistics.NumberColumns.Select(column => column.Name)]), new SampleRows(schema, 0));
            AddMarks([.. statistics.NumberColumns.Select(column => column.Missing > 0)]);
            AddDates([.. statistics.NumberColumns.Select(column => column.Format.IsDate())]);
            AddNumbers(statistics.Numbers);
        }
        AddWords();
        foreach (ColumnProfile text in statistics.TextColumns)
        {
            Add(ml.Transforms.Text.FeaturizeText(text.Name), rows);
            _features.Add(text.Name);
        }
        string[] order = [.. ((string[])[Numbers, Parts]).Where(_features.Contains), .. _features.Except([Numbers, Parts, Missing]),
            .. _features.Where(feature => feature == Missing)];
        Add(ml.Transforms.Concatenate(Features, order), Chain().Transform(new SampleRows(schema, 0)));
    }

    /// <summary>The transforms.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="rows">The rows to learn from.</param>
    /// <param name="statistics">What they are like.</param>
    public static ITransformer Create(MLContext ml, IDataView rows, FeatureStatistics statistics) =>
        new FeaturePipeline(ml, rows, statistics).Chain();

    /// <summary>The features of a table's rows. What the pipeline begins with, the columns of numbers made one vector, is read as such: going through
    /// ML.NET column by column takes longer than all the rest.</summary>
    public static IDataView Transform(ITransformer pipeline, TableView rows) => rows.WithNumbersAs(Numbers) is { } together
        ? new TransformerChain<ITransformer>([.. ((TransformerChain<ITransformer>)pipeline).Skip(1)]).Transform(together)
        : pipeline.Transform(rows);

    private TransformerChain<ITransformer> Chain() => new([.. _chain]);

    private void AddNumbers(IReadOnlyList<NumberStatistics> numbers)
    {
        AddMean(Numbers, [.. numbers.Select(of => of.Mean)]);
        if (numbers.Any(of => of.IsMoved))
        {
            Add(_ml.Transforms.NormalizeMinMax(Numbers, fixZero: false),
                Rows(Numbers, [.. numbers.Select(of => of.Line.Zero)], [.. numbers.Select(of => of.Line.One)]));
        }
        AddSingle(Numbers, numbers.Count);
    }

    private void AddMarks(bool[] haveGaps)
    {
        int count = haveGaps.Count(has => has);
        if (count == 0)
            return;
        AddSelection(Missing, haveGaps);
        Add(_ml.Transforms.IndicateMissingValues(Missing), Rows(Missing, new double[count]));
        Add(_ml.Transforms.Conversion.ConvertType(Missing, outputKind: DataKind.Single), new SampleRows(Schema(Missing, BooleanDataViewType.Instance, count), 0));
        _features.Add(Missing);
    }

    private void AddDates(bool[] areDates)
    {
        int count = areDates.Count(isDate => isDate);
        if (count == 0)
            return;
        AddSelection(Dates, areDates);
        List<DataViewSchema.DetachedColumn> parts = [];
        foreach ((string name, string expression) in DateParts.All)
        {
            Add(_ml.Transforms.Expression(DateParts.ColumnOf(name), expression, Dates), Rows(Dates, new double[count]));
            parts.Add(new DataViewSchema.DetachedColumn(DateParts.ColumnOf(name), new VectorDataViewType(NumberDataViewType.Double, count)));
        }
        DataViewSchema.Builder schema = new();
        parts.ForEach(part => schema.AddColumn(part.Name, part.Type));
        Add(_ml.Transforms.Concatenate(Parts, [.. parts.Select(part => part.Name)]), new SampleRows(schema.ToSchema(), 0));
        AddMean(Parts, [.. _statistics.PartMeans.SelectMany(means => means)]);
        AddSingle(Parts, parts.Count * count);
    }

    private void AddWords()
    {
        string[] columns = [.. _statistics.WordColumns.Where((_, c) => _statistics.Words[c].Count > 0).Select(column => column.Name)];
        int rows = _statistics.Words.Select(words => words.Count).DefaultIfEmpty(0).Max();
        if (columns.Length == 0)
            return;
        if (_schema.GetColumnOrNull(Words) is { } vector)
        {
            SampleRows all = new(Schema(vector), rows, (_, slot, row) =>
                Word(slot, row) is { } word ? _statistics.WordColumns[slot].Name + ViewColumn.BeforeWord + word : null);
            Add(_ml.Transforms.Categorical.OneHotEncoding(Words, outputKind: OneHotEncodingEstimator.OutputKind.Bag), all);
            _features.Add(Words);
            return;
        }
        int[] slotOf = [.. _schema.Select(column => _statistics.WordColumns.ToList().FindIndex(word => word.Name == column.Name))];
        Add(_ml.Transforms.Categorical.OneHotEncoding(
                [.. columns.Select(name => new InputOutputColumnPair(name))], OneHotEncodingEstimator.OutputKind.Indicator),
            new SampleRows(_schema, rows, (column, _, row) => Word(slotOf[column], row)));
        _features.AddRange(columns);

        string? Word(int column, int row) => column >= 0 && row < _statistics.Words[column].Count ? _statistics.Words[column][row] : null;
    }

    /// <summary>Copies some of the numbers to a vector of their own: those that aren't 0 in a made-up row.</summary>
    private void AddSelection(string name, bool[] which)
    {
        Add(_ml.Transforms.CopyColumns(name, Numbers), Rows(Numbers, new double[which.Length]));
        Add(_ml.Transforms.FeatureSelection.SelectFeaturesBasedOnCount(name, count: 1), Rows(name, [.. which.Select(is1 => is1 ? 1.0 : 0)]));
    }

    private void AddMean(string name, double[] means) => Add(
        _ml.Transforms.ReplaceMissingValues(name, replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean), Rows(name, means));

    private void AddSingle(string name, int size)
    {
        Add(_ml.Transforms.Conversion.ConvertType(name, outputKind: DataKind.Single), Rows(name, new double[size]));
        _features.Add(name);
    }

    private void Add<T>(IEstimator<T> estimator, IDataView rows)
        where T : class, ITransformer => _chain.Add(estimator.Fit(rows));

    private IDataView Rows(string name, params double[][] rows)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(NumberRow));
        definition[0].ColumnName = name;
        definition[0].ColumnType = new VectorDataViewType(NumberDataViewType.Double, rows[0].Length);
        return _ml.Data.LoadFromEnumerable(rows.Select(row => new NumberRow { Values = row }), definition);
    }

    private static DataViewSchema Schema(string name, PrimitiveDataViewType type, int size)
    {
        DataViewSchema.Builder schema = new();
        schema.AddColumn(name, new VectorDataViewType(type, size));
        return schema.ToSchema();
    }

    private static DataViewSchema Schema(DataViewSchema.Column column)
    {
        DataViewSchema.Builder schema = new();
        schema.AddColumn(column.Name, column.Type, column.Annotations);
        return schema.ToSchema();
    }

    private sealed class NumberRow
    {
        public double[] Values { get; set; } = [];
    }
}
