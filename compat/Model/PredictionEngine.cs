namespace Microsoft.ML;

/// <summary>Applies a model to one object at a time. One thread may use an engine at a time.</summary>
public sealed class PredictionEngine<TSrc, TDst> : IDisposable where TSrc : class where TDst : class, new()
{
    private readonly ITransformer _transformer;
    private readonly ObjectRow<TSrc> _input;
    private readonly DataViewRow _output;
    private readonly Action<TDst> _fill;
    private bool _disposed;

    internal PredictionEngine(ITransformer transformer, bool ignoreMissingColumns, SchemaDefinition inputDefinition,
        SchemaDefinition outputDefinition)
    {
        _transformer = Contracts.CheckValue(transformer);
        Contracts.CheckParam(transformer.IsRowToRowMapper, nameof(transformer), "Must be a row to row mapper");
        var members = RowMember<TSrc>.Bind(inputDefinition, SchemaDefinition.Direction.Read);
        var schema = RowMember<TSrc>.MakeSchema(members);
        _input = new ObjectRow<TSrc>(members, schema, schema);
        var mapper = transformer.GetRowToRowMapper(_input.Schema);
        OutputSchema = mapper.OutputSchema;
        var filler = new ObjectFiller<TDst>(OutputSchema, ignoreMissingColumns, outputDefinition);
        _output = mapper.GetRow(_input, filler.Columns);
        _fill = filler.Over(_output);
    }

    /// <summary>The columns that the model gives.</summary>
    public DataViewSchema OutputSchema { get; }

    /// <summary>Applies the model to an object.</summary>
    public TDst Predict(TSrc example)
    {
        var prediction = new TDst();
        Predict(example, ref prediction);
        return prediction;
    }

    /// <summary>Applies the model to an object, writing to an existing one.</summary>
    public void Predict(TSrc example, ref TDst prediction)
    {
        _input.Show(Contracts.CheckValue(example));
        prediction ??= new TDst();
        _fill(prediction);
    }

    /// <summary>Releases the engine and the model.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _output.Dispose();
        (_transformer as IDisposable)?.Dispose();
        _disposed = true;
    }
}
