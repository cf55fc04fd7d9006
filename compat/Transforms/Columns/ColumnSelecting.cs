namespace Microsoft.ML.Data;

/// <summary>Keeps columns, in the order named, or drops some. Hidden columns go.</summary>
internal sealed class SelectingTransformer(IHostEnvironment env, string[] names, bool keep) : RowToRowTransformerBase(env)
{
    private const string Kind = "SelectColumns";
    public static IEstimator<ITransformer> MakeEstimator(IHostEnvironment env, string[] names, bool keep)
        => TrivialEstimator.Create(env, new SelectingTransformer(env, Contracts.CheckValue(names), keep), shape =>
        {
            Check(names, shape.Select(column => column.Name));
            return new SchemaShape(shape.Where(column => names.Contains(column.Name) == keep));
        });

    private protected override RowMapper MakeMapper(DataViewSchema inputSchema)
    {
        Check(names, inputSchema.Select(column => column.Name));
        return new RowMapper(inputSchema, [], null, null, keep ? [.. names.Select(name => inputSchema[name].Index)]
            : [.. inputSchema.Where(column => !column.IsHidden && !names.Contains(column.Name)).Select(column => column.Index)]);
    }

    private protected override void Save(ModelSaveContext ctx) => ctx.Save(Kind, names, keep);
    [ModelLoader(Kind)]
    private static SelectingTransformer Load(IHostEnvironment env, string[] names, bool keep) => new(env, names, keep);

    private static void Check(string[] names, IEnumerable<string> present)
    {
        var missing = names.Except(present).ToArray();
        if (missing.Length > 0)
            throw Contracts.MissingColumn("inputSchema", "input", string.Join(",", missing));
    }
}
