namespace Microsoft.ML;

/// <summary>Columns made by expressions.</summary>
public static class ExpressionCatalog
{
    /// <summary>Makes a column by an expression. The subset evaluates constant texts only: <c>x => "text"</c>.</summary>
    public static IEstimator<ITransformer> Expression(this TransformsCatalog catalog, string outputColumnName, string expression,
        params string[] inputColumnNames)
        => ExpressionTransformer.MakeEstimator(catalog.Environment, outputColumnName, expression, inputColumnNames);
}

/// <summary>Makes a column by an expression; nothing is learnt.</summary>
internal sealed class ExpressionTransformer(IHostEnvironment env, string output, string text, string[] inputs)
    : RowToRowTransformerBase(env)
{
    private const string Kind = "Expression";

    public static IEstimator<ITransformer> MakeEstimator(IHostEnvironment env, string output, string expression, string[] inputs)
    {
        var host = env.Register(nameof(ExpressionTransformer));
        Contracts.CheckNonEmpty(output, "outputColumnName");
        Contracts.CheckParam(Contracts.CheckValue(inputs, "inputColumnNames").Length > 0, "inputColumnNames",
            "An expression needs at least one input column.");
        var text = ConstantText.Parse(Contracts.CheckNonEmpty(expression), inputs.Length);
        return new FunctionEstimator<ITransformer>(input =>
        {
            var transformer = new ExpressionTransformer(host, output, text, inputs);
            transformer.GetOutputSchema(input.Schema);
            return transformer;
        }, shape =>
        {
            foreach (var input in inputs.Select(shape.Require))
                Check(input.Name, input.ItemType, input.IsKey || input.Kind != VectorKind.Scalar);
            return shape.With(new SchemaShape.Column(output, VectorKind.Scalar, TextDataViewType.Instance, false));
        });
    }

    private protected override RowMapper MakeMapper(DataViewSchema inputSchema)
    {
        var columns = Array.ConvertAll(inputs, name => inputSchema.Require(name));
        foreach (var column in columns)
            Check(column.Name, column.Type, column.Type is VectorDataViewType);
        // Every cursor gives the very same string: what reads it can tell by its identity that it has read it before.
        ValueGetter<ReadOnlyMemory<char>> getter = (ref ReadOnlyMemory<char> value) => value = text.AsMemory();
        return new RowMapper(inputSchema, [new DataViewSchema.Column(output, TextDataViewType.Instance, null)],
            _ => columns.Select(column => column.Index), (_, _) => [getter]);
    }

    private protected override void Save(ModelSaveContext ctx) => ctx.Save(Kind, output, text, inputs);
    [ModelLoader(Kind)]
    private static ExpressionTransformer Load(IHostEnvironment env, string output, string text, string[] inputs)
        => new(env, output, text, inputs);

    private static void Check(string column, DataViewType type, bool isOther)
    {
        bool fits = type is TextDataViewType or BooleanDataViewType || type == NumberDataViewType.Int32 || type == NumberDataViewType.Int64
            || type == NumberDataViewType.Single || type == NumberDataViewType.Double;
        if (!fits || isOther)
            throw Contracts.ParamError("expression",
                $"Column '{column}' of type {type} can't be a parameter: texts, truth values, Int32, Int64, Single and Double can.");
    }
}

/// <summary>Reads expressions of the form <c>x => "text"</c>.</summary>
internal static class ConstantText
{
    // The text may be many megabytes long, so it is cut out and not matched.
    public static string Parse(string expression, int parameters)
    {
        int arrow = expression.IndexOf("=>", StringComparison.Ordinal);
        var body = arrow < 0 ? default : expression.AsSpan(arrow + 2).Trim();
        if (body.Length < 2 || body[0] != '"' || body[^1] != '"' || body[1..^1].IndexOfAny('\\', '"', '\n') >= 0)
            throw NotCovered(expression);
        var names = expression.AsSpan(0, arrow).Trim().ToString();
        if (names.StartsWith('(') && names.EndsWith(')'))
            names = names[1..^1];
        if (names.Split(',').Length != parameters)
            throw Contracts.ParamError(nameof(expression), $"The expression names '{names}' for {parameters} input columns.");
        return body[1..^1].ToString();
    }

    private static ArgumentOutOfRangeException NotCovered(string expression) => Contracts.ParamError(nameof(expression),
        $"The subset of ML.NET evaluates expressions that are a constant text without escapes, like x => \"text\", "
        + $"and no others; this one is {Shorten(expression)}. Use CustomMapping.");
    private static string Shorten(string expression) => expression.Length <= 80 ? expression : expression[..80] + "...";
}
