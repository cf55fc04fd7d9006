namespace Microsoft.ML.Data;

/// <summary>What was counted of scored data.</summary>
internal sealed record BinaryEvaluation(BinaryCounts Counts, AreasUnderCurves Areas, ReadOnlyMemory<char>[] ClassNames);

/// <summary>Reads scored data once, with or without probabilities.</summary>
internal static class BinaryEvaluator
{
    public static BinaryEvaluation Read(
        IHostEnvironment env, IDataView data, string label, string score, string probability, string predictedLabel)
    {
        var host = env.Register(nameof(BinaryEvaluator));
        var labelColumn = Find(data.Schema, "Label", label);
        var scoreColumn = Find(data.Schema, "Score", score);
        DataViewSchema.Column? probabilityColumn = probability == null ? null : Find(data.Schema, "Probability", probability);
        Find(data.Schema, "PredictedLabel", predictedLabel);
        CheckSingle(scoreColumn, "score");
        if (labelColumn.Type is not (BooleanDataViewType or KeyDataViewType { Count: 2 }) && !MissingValues.IsReal(labelColumn.Type))
            throw Contracts.SchemaMismatch("schema", "label", label, "Single, Double, Boolean, or a Key with cardinality 2",
                labelColumn.Type.ToString());
        if (probabilityColumn != null)
            CheckSingle(probabilityColumn.Value, "probability");
        var counts = new BinaryCounts();
        var areas = new AreasUnderCurves(host.Register("Aggregator").Rand);
        using var cursor = data.GetRowCursor([labelColumn, scoreColumn,
            .. probabilityColumn is { } column ? [column] : Array.Empty<DataViewSchema.Column>()]);
        var readLabel = Labels.MakeReader(cursor, labelColumn);
        var readScore = Getters.AsFunction(cursor.GetGetter<float>(scoreColumn));
        var readProbability = probabilityColumn is { } p ? Getters.AsFunction(cursor.GetGetter<float>(p)) : () => float.NaN;
        while (cursor.MoveNext())
        {
            var (truth, given) = (readLabel(), readScore());
            if (!float.IsFinite(given) || float.IsNaN(truth))
                continue;
            counts.Add(truth > 0, given, readProbability());
            areas.Add(truth > 0, given);
        }
        return new BinaryEvaluation(counts, areas, ClassNames(labelColumn));
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string role, string name)
        // ML.NET's message has the two names in each other's place.
        => schema.GetColumnOrNull(name) ?? throw Contracts.ParamError("schema", $"{name} column '{role}' not found");

    private static void CheckSingle(DataViewSchema.Column column, string role)
    {
        if (column.Type != NumberDataViewType.Single)
            throw Contracts.SchemaMismatch("schema", role, column.Name, "Single", column.Type.ToString());
    }

    private static ReadOnlyMemory<char>[] ClassNames(DataViewSchema.Column label) => label.HasKeyValues()
        ? [.. label.GetKeyValues<ReadOnlyMemory<char>>().DenseValues()] : ["positive".AsMemory(), "negative".AsMemory()];
}

/// <summary>The areas under the curves that scores draw.</summary>
internal sealed class AreasUnderCurves(Random random)
{
    // ML.NET takes the area under the precision-recall curve from a sample of so many rows at most.
    private const int SampleSize = 100000;
    private readonly List<float> _positive = [];
    private readonly List<float> _negative = [];
    private readonly List<(float Score, bool IsPositive)> _sample = [];

    public void Add(bool isPositive, float score)
    {
        (isPositive ? _positive : _negative).Add(score);
        long seen = _positive.Count + (long)_negative.Count;
        if (seen <= SampleSize)
            _sample.Add((score, isPositive));
        else if (random.NextDouble() * seen < SampleSize)
            _sample[random.Next(SampleSize)] = (score, isPositive);
    }

    public double Roc()
    {
        Contracts.CheckParam(_positive.Count > 0, "PosSample", "AUC is not defined when there is no positive class in the data");
        Contracts.CheckParam(_negative.Count > 0, "NegSample", "AUC is not defined when there is no negative class in the data");
        var positive = _positive.Order().ToArray();
        double won = 0;
        int below = 0, upTo = 0;
        foreach (float score in _negative.Order())
        {
            while (below < positive.Length && positive[below] < score)
                below++;
            upTo = Math.Max(upTo, below);
            while (upTo < positive.Length && positive[upTo] <= score)
                upTo++;
            won += positive.Length - upTo + 0.5 * (upTo - below);
        }
        return won / ((double)positive.Length * _negative.Count);
    }

    // By the lower trapezoid estimator (Boyd, Eng and Page, "Area under the precision-recall curve", 2013).
    public double PrecisionRecall()
    {
        double total = _sample.Count(row => row.IsPositive);
        double area = 0, precision = 1, truePositive = 0, rows = 0;
        foreach (var (_, isPositive) in _sample.OrderByDescending(row => row.Score))
        {
            double recall = truePositive / total, before = precision;
            truePositive += isPositive ? 1 : 0;
            precision = truePositive / ++rows;
            if (isPositive)
                area += (truePositive / total - recall) * (before + precision) / 2;
        }
        return area;
    }
}

/// <summary>Labels as numbers: above 0 is positive, NaN is missing.</summary>
internal static class Labels
{
    public static Func<float> MakeReader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is not KeyDataViewType key)
            return Getters.AsFunction(Conversions.GetGetterAs<float>(row, column));
        var read = Getters.AsFunction(Conversions.GetGetterAs<ulong>(row, column));
        return () => read() is > 0 and var value && value <= key.Count ? value - 1 : float.NaN;
    }
}
