namespace Microsoft.ML.Data;

/// <summary>Base of transformers that compute new columns from each row, by a <see cref="RowMapper"/>.</summary>
public abstract class RowToRowTransformerBase : ITransformer
{
    private protected RowToRowTransformerBase(IHostEnvironment env) => Contracts.CheckValue(env).Register(GetType().Name);
    bool ITransformer.IsRowToRowMapper => true;
    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => MakeMapper(Contracts.CheckValue(inputSchema)).OutputSchema;
    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => new RowToRowDataView(Contracts.CheckValue(input), MakeMapper(input.Schema));
    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => MakeMapper(Contracts.CheckValue(inputSchema));
    void ICanSaveModel.Save(ModelSaveContext ctx) => Save(ctx);
    /// <summary>The mapper for input of that schema; throws where a column is missing or of the wrong type.</summary>
    private protected abstract RowMapper MakeMapper(DataViewSchema inputSchema);
    /// <summary>Calls <c>ctx.Save(kind, values)</c>; a <see cref="ModelLoaderAttribute"/> method takes the values.</summary>
    private protected abstract void Save(ModelSaveContext ctx);
}
