namespace Microsoft.ML.Data;

/// <summary>What an output column is: its type, its annotations, and a getter (of the type's raw type) over an input row.</summary>
internal readonly record struct ColumnMap(DataViewType Type, DataViewSchema.Annotations Annotations,
    Func<DataViewRow, DataViewSchema.Column, Delegate> MakeGetter);

/// <summary>What a transform does to one column; its constructor's parameters are what it has learnt and what a model file holds.</summary>
internal abstract record ColumnOperation : ModelRecord
{
    // Both throw where the input doesn't fit.
    public abstract ColumnMap Map(DataViewSchema.Column input);
    public abstract SchemaShape.Column Shape(SchemaShape.Column input, string output);
    protected static SchemaShape.Column Shape(string output, SchemaShape.Column input, DataViewType item,
        params IEnumerable<SchemaShape.Column> annotations) => new(output, input.Kind, item, false, new SchemaShape(annotations));
}

/// <summary>Base of the transformers that make each new column from one input column.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private readonly (string Output, string Input)[] _columns;

    private protected OneToOneTransformerBase(IHostEnvironment env, (string Output, string Input)[] columns, ColumnOperation[] operations)
        : base(env)
    {
        foreach (string name in columns.SelectMany(column => new[] { column.Output, column.Input }))
            Contracts.CheckNonEmpty(name, nameof(columns));
        (_columns, Operations) = (columns, operations);
    }

    private protected ColumnOperation[] Operations { get; }

    private protected sealed override RowMapper MakeMapper(DataViewSchema inputSchema)
    {
        var inputs = Array.ConvertAll(_columns, column => inputSchema.Require(column.Input));
        ColumnMap[] maps = [.. inputs.Zip(Operations, (input, operation) => operation.Map(input))];
        return new RowMapper(inputSchema,
            [.. maps.Select((map, i) => new DataViewSchema.Column(_columns[i].Output, map.Type, map.Annotations))],
            column => [inputs[column].Index],
            (row, active) => [.. active.Select((isActive, i) => isActive ? maps[i].MakeGetter(row, row.Schema[inputs[i].Index]) : null)]);
    }

    private protected sealed override void Save(ModelSaveContext ctx) => ctx.Save(GetType().Name,
        Array.ConvertAll(_columns, column => column.Output), Array.ConvertAll(_columns, column => column.Input), Operations);
}

/// <summary>The transformer of operations that need no type of their own.</summary>
internal sealed class ColumnTransformer(IHostEnvironment env, (string, string)[] columns, ColumnOperation[] operations)
    : OneToOneTransformerBase(env, columns, operations)
{
    [ModelLoader(nameof(ColumnTransformer))]
    private static ColumnTransformer Load(IHostEnvironment env, string[] outputs, string[] inputs, ColumnOperation[] operations)
        => new(env, [.. outputs.Zip(inputs)], operations);
}

/// <summary>An estimator of two functions.</summary>
internal sealed class FunctionEstimator<TTransformer>(Func<IDataView, TTransformer> fit, Func<SchemaShape, SchemaShape> shape)
    : IEstimator<TTransformer> where TTransformer : class, ITransformer
{
    public TTransformer Fit(IDataView input) => fit(Contracts.CheckValue(input));
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => shape(Contracts.CheckValue(inputSchema));
}

/// <summary>Estimators that learn nothing from data: fitting checks the schema and gives the transformer.</summary>
internal static class TrivialEstimator
{
    public static IEstimator<T> Create<T>(IHostEnvironment env, T transformer, Func<SchemaShape, SchemaShape> shape)
        where T : class, ITransformer
    {
        // As in ML.NET both the estimator and its transformer register; what is drawn from the context's seed later depends on it.
        env.Register(nameof(TrivialEstimator));
        return new FunctionEstimator<T>(input =>
        {
            transformer.GetOutputSchema(input.Schema);
            return transformer;
        }, shape);
    }

    public static IEstimator<ITransformer> Create(IHostEnvironment env, ColumnOperation operation, string output, string input)
        => Create(env, operation, (output, input ?? output));
    public static IEstimator<ITransformer> Create(IHostEnvironment env, ColumnOperation operation, params (string, string)[] columns)
        => Create(env, new ColumnTransformer(env, columns, Array.ConvertAll(columns, _ => operation)),
            shape => shape.With(columns.Select(column => operation.Shape(shape.Require(column.Item2), column.Item1))));
}
