namespace Microsoft.ML;

/// <summary>Importances of features.</summary>
public static class PermutationFeatureImportanceExtensions
{
    /// <summary>How much worse each metric gets when a feature's values are shuffled among the rows, for each feature in turn.</summary>
    public static ImmutableArray<BinaryClassificationMetricsStatistics> PermutationFeatureImportance<TModel>(
        this BinaryClassificationCatalog catalog, ISingleFeaturePredictionTransformer<TModel> predictionTransformer, IDataView data,
        string labelColumnName = "Label", int? numberOfExamplesToUse = null, int permutationCount = 1) where TModel : class
    {
        var host = catalog.Environment.Register(nameof(PermutationFeatureImportance));
        Contracts.CheckValue(predictionTransformer, "model");
        Contracts.CheckValue(data);
        Contracts.Check(numberOfExamplesToUse is null or > 0,
            "Provide how many examples to use (positive number) or set to null to use whole dataset.");
        var baseline = catalog.EvaluateNonCalibrated(predictionTransformer.Transform(data), labelColumnName);
        var features = data.Schema[predictionTransformer.FeatureColumnName];
        int slots = (features.Type as VectorDataViewType)?.Size ?? 0;
        var values = ReadColumnwise(data, features, slots, numberOfExamplesToUse);
        if (values.Length == 0 || values[0].Count == 0)
            return [];
        var random = TauswortheRandom.Create(host.Rand.Next());
        var result = ImmutableArray.CreateBuilder<BinaryClassificationMetricsStatistics>(slots);
        for (int slot = 0; slot < slots; slot++)
        {
            var shuffled = values[slot].ToArray();
            var statistics = new BinaryClassificationMetricsStatistics();
            for (int i = 0; i < permutationCount; i++)
            {
                Shuffle(random, shuffled);
                var permuted = new PermutedView(data, features, slot, shuffled);
                var rows = shuffled.Length == numberOfExamplesToUse ? new SkipTakeView(permuted, 0, shuffled.Length) : (View)permuted;
                var metrics = catalog.EvaluateNonCalibrated(predictionTransformer.Transform(rows), labelColumnName);
                statistics.AddChange(baseline, metrics);
            }
            result.Add(statistics);
        }
        return result.ToImmutable();
    }

    private static List<float>[] ReadColumnwise(IDataView data, DataViewSchema.Column features, int slots, int? rows)
    {
        List<float>[] values = [.. Enumerable.Range(0, slots).Select(_ => new List<float>())];
        foreach (var (slot, value) in data.GetColumn<VBuffer<float>>(features.Name).Take(rows ?? int.MaxValue)
            .SelectMany(row => row.Items(all: true)))
            values[slot].Add(value);
        return values;
    }

    private static void Shuffle(Random random, float[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int other = i + random.Next(values.Length - i);
            (values[i], values[other]) = (values[other], values[i]);
        }
    }
}

/// <summary>A view with one feature's values replaced, row by row.</summary>
internal sealed class PermutedView(IDataView source, DataViewSchema.Column features, int slot, float[] values) : View(source.Schema)
{
    public override long? GetRowCount() => source.GetRowCount();
    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => new Cursor(source.GetRowCursor(columnsNeeded), Getters.Mark(Schema, columnsNeeded), features, slot, values);

    private sealed class Cursor(DataViewRowCursor input, bool[] active, DataViewSchema.Column features, int slot, float[] values)
        : WrappingCursor(input, input.Schema, active)
    {
        protected override Delegate MakeGetter(DataViewSchema.Column column)
        {
            if (column.Index != features.Index)
                return base.MakeGetter(column);
            var getter = Input.GetGetter<VBuffer<float>>(features);
            VBuffer<float> row = default;
            return (ValueGetter<VBuffer<float>>)((ref destination) =>
            {
                getter(ref row);
                row.CopyToDense(ref destination);
                VBufferEditor.CreateFromBuffer(ref destination).Values[slot] = values[Position];
            });
        }
    }
}
