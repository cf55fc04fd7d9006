namespace Microsoft.ML.Transforms;

/// <summary>Learns what to put in place of missing values (NaN).</summary>
public sealed class MissingValueReplacingEstimator : IEstimator<ITransformer>
{
    private readonly IHost _host;
    private readonly (string Output, string Input)[] _columns;
    private readonly ReplacementMode _mode;
    private readonly bool _imputeBySlot;

    internal MissingValueReplacingEstimator(IHostEnvironment env, (string, string)[] columns, ReplacementMode mode, bool imputeBySlot)
    {
        _host = env.Register(nameof(MissingValueReplacingEstimator));
        (_columns, _mode, _imputeBySlot) = (columns, mode, imputeBySlot);
    }

    /// <summary>What takes a missing value's place.</summary>
    public enum ReplacementMode : byte
    {
        /// <summary>Zero.</summary>
        DefaultValue = 0,
        /// <summary>The mean.</summary>
        Mean = 1,
        /// <summary>The least value.</summary>
        Minimum = 2,
        /// <summary>The greatest value.</summary>
        Maximum = 3,
        /// <summary>The most frequent value, of equally frequent ones the first to be it.</summary>
        Mode = 4,
    }

    /// <summary>Reads the data, unless zero is the replacement, and gives the transformer.</summary>
    public ITransformer Fit(IDataView input)
    {
        var schema = Contracts.CheckValue(input).Schema;
        var sources = Array.ConvertAll(_columns, column => schema.Require(column.Input, nameof(input)));
        Array.ForEach(sources, source => ReplaceMissingOperation.Check(source.Name, source.Type.GetItemType()));
        var operations = Array.ConvertAll(sources, _ => new ReplaceMissingOperation(new double[1]));
        if (_mode != ReplacementMode.DefaultValue)
        {
            using var channel = _host.Start("Computing Statistics");
            using var cursor = input.GetRowCursor(sources);
            var columns = Array.ConvertAll(sources, source => Generic.Invoke<Collector>(
                MakeCollector<int>, source.Type.GetItemType().RawType, cursor, source, channel));
            while (cursor.MoveNext())
                Array.ForEach(columns, column => column.Add());
            operations = Array.ConvertAll(columns, column => new ReplaceMissingOperation(column.Finish()));
        }
        return new ColumnTransformer(_host, _columns, operations);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => inputSchema.With(_columns.Select(column => new ReplaceMissingOperation(null).Shape(inputSchema.Require(column.Input),
            column.Output)));

    private Collector MakeCollector<T>(DataViewRow row, DataViewSchema.Column source, IChannel channel) where T : struct, INumber<T>
    {
        int size = _imputeBySlot ? source.Type.GetValueCount() : 1;
        if (size == 0)
            channel.Warning(MessageSensitivity.None, "By-slot imputation can not be done on variable-length column");
        SlotStatistic[] slots = [.. Enumerable.Range(0, Math.Max(1, size)).Select(_ => MakeStatistic(channel))];
        VBuffer<T> vector = default;
        long total = 0;
        var getter = Getters.AsVector<T>(row, source);
        return new Collector(() =>
        {
            getter(ref vector);
            total += slots.Length == 1 ? vector.Length : 1;
            foreach (var (slot, value) in vector.Items())
                slots[slots.Length == 1 ? 0 : slot].Add(double.CreateChecked(value));
        }, () => Array.ConvertAll(slots, slot => slot.Finish(total)));
    }

    private SlotStatistic MakeStatistic(IChannel channel) => _mode switch
    {
        ReplacementMode.Mean => new MeanStatistic(channel),
        ReplacementMode.Mode => new ModeStatistic(),
        _ => new ExtremeStatistic(_mode == ReplacementMode.Maximum),
    };

    // Adds the current row's values; gives the replacements at the end.
    private sealed record Collector(Action Add, Func<double[]> Finish);
}

/// <summary>Puts other values in place of NaN: one for all slots, or one for each.</summary>
internal sealed record ReplaceMissingOperation(Array Replacements) : ColumnOperation
{
    public static void Check(string column, DataViewType item, bool isKey = false) => Contracts.CheckParam(
        MissingValues.IsReal(item) && !isKey, "inputSchema",
        $"Values of type '{item}' can't be replaced, for they are never NaN: column '{column}'");

    public override SchemaShape.Column Shape(SchemaShape.Column input, string output)
    {
        Check(input.Name, input.ItemType, input.IsKey);
        return Shape(output, input, input.ItemType, input.Kept(AnnotationKinds.SlotNames, AnnotationKinds.IsNormalized));
    }

    public override ColumnMap Map(DataViewSchema.Column input)
    {
        Check(input.Name, input.Type.GetItemType());
        Contracts.CheckParam(Replacements.Length == 1 || input.Type.GetValueCount() == Replacements.Length, "inputSchema",
            $"Column '{input.Name}' is '{input.Type}', but replacements were learnt for {Replacements.Length} slots");
        return new ColumnMap(input.Type,
            new DataViewSchema.Annotations.Builder().Keep(input, AnnotationKinds.SlotNames, AnnotationKinds.IsNormalized).ToAnnotations(),
            (row, column) => Generic.Invoke<Delegate>(MakeGetter<float>, input.Type.GetItemType().RawType, row, column));
    }

    private Delegate MakeGetter<T>(DataViewRow row, DataViewSchema.Column column) where T : struct, IFloatingPointIeee754<T>
    {
        var values = Array.ConvertAll((double[])Replacements, T.CreateTruncating);
        return Elementwise.MakeGetter(row, column, (T value, int slot) => T.IsNaN(value) ? values[values.Length == 1 ? 0 : slot] : value,
            Layout.AsInput);
    }
}
