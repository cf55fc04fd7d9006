using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Onnx.Steps;

/// <summary>A transformer of a pipeline.</summary>
/// <param name="Transformer">The transformer.</param>
/// <param name="Input">The columns before it.</param>
/// <param name="Output">The columns after it.</param>
/// <param name="Reads">The columns that it reads for what is needed.</param>
/// <param name="Makes">The columns that it makes and that are needed.</param>
/// <param name="Live">All columns after it that are needed.</param>
internal sealed record PipelineStep(
    ITransformer Transformer, DataViewSchema Input, DataViewSchema Output,
    IReadOnlyList<string> Reads, IReadOnlyList<string> Makes, IReadOnlySet<string> Live)
{
    /// <summary>What the transformer is called where it is made, as far as its type tells.</summary>
    public string Name
    {
        get
        {
            string name = (Transformer.GetType().DeclaringType ?? Transformer.GetType()).Name.Split('`')[0];
            return name switch
            {
                "TextFeaturizingEstimator" => "FeaturizeText",
                _ => name.Replace("Transformer", "", StringComparison.Ordinal).Replace("Estimator", "", StringComparison.Ordinal),
            };
        }
    }

    /// <summary>The steps that these columns need, in the order in which rows pass them.</summary>
    /// <exception cref="InvalidOperationException">One of them does not make rows of rows.</exception>
    public static IReadOnlyList<PipelineStep> Needed(ITransformer model, DataViewSchema schema, IEnumerable<string> columns)
    {
        List<(ITransformer Transformer, DataViewSchema Input, DataViewSchema Output)> all = [];
        foreach (ITransformer transformer in Flat(model))
        {
            DataViewSchema output = transformer.GetOutputSchema(schema);
            all.Add((transformer, schema, output));
            schema = output;
        }
        List<PipelineStep> needed = [];
        HashSet<string> live = [.. columns];
        foreach ((ITransformer transformer, DataViewSchema input, DataViewSchema output) in Enumerable.Reverse(all))
        {
            string[] makes = [.. Made(input, output).Where(live.Contains)];
            if (makes.Length == 0)
                continue;
            PipelineStep step = new(transformer, input, output, [], makes, new HashSet<string>(live));
            if (!transformer.IsRowToRowMapper)
                throw step.CannotBeWritten();
            DataViewSchema.Column[] made = [.. makes.Select(name => output[name])];
            string[] reads = [.. transformer.GetRowToRowMapper(input).GetDependencies(made).Select(column => column.Name).Distinct()];
            live.ExceptWith(makes);
            live.UnionWith(reads);
            needed.Add(step with { Reads = reads });
        }
        needed.Reverse();
        return needed;
    }

    /// <summary>That this step has no form in ONNX.</summary>
    public InvalidOperationException CannotBeWritten(Exception? cause = null) => new(
        $"The step {Name}, which makes the column {string.Join(", ", Makes.Select(name => $"'{name}'"))}, can't be written as ONNX; " +
        "put another in its place, or take it out of the pipeline and do its work outside of the file.", cause);

    /// <summary>The column that it makes and the one that it makes it of, if it is one of one.</summary>
    public (string Made, string Read)? Single => (Makes, Reads) is ([var made], [var read]) ? (made, read) : null;

    /// <summary>How many numbers of double precision a row has in a column that it reads; 0 if it has others, or not always as many.</summary>
    public int Doubles(string column) => Input[column].Type switch
    {
        NumberDataViewType type when type == NumberDataViewType.Double => 1,
        VectorDataViewType { ItemType: NumberDataViewType type } vector when type == NumberDataViewType.Double => vector.Size,
        _ => 0,
    };

    private static IEnumerable<ITransformer> Flat(ITransformer transformer) =>
        transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Flat) : [transformer];

    // A column that a step makes anew is there once more, the one of before being hidden.
    private static IEnumerable<string> Made(DataViewSchema input, DataViewSchema output)
    {
        Dictionary<string, int> before = input.CountBy(column => column.Name).ToDictionary();
        return output.CountBy(column => column.Name).Where(name => name.Value > before.GetValueOrDefault(name.Key)).Select(name => name.Key);
    }
}
