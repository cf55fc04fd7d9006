namespace Microsoft.ML;

/// <summary>Transforms of data; the operations are extension methods.</summary>
public sealed class TransformsCatalog
{
    internal TransformsCatalog(IHostEnvironment env)
    {
        Environment = env;
        Categorical = new CategoricalTransforms(env);
        Conversion = new ConversionTransforms(env);
    }

    /// <summary>Encodings of categories.</summary>
    public CategoricalTransforms Categorical { get; }
    /// <summary>Conversions of types, keys and values.</summary>
    public ConversionTransforms Conversion { get; }
    internal IHostEnvironment Environment { get; }

    /// <summary>Encodings of categories; the operations are extension methods.</summary>
    public sealed class CategoricalTransforms
    {
        internal CategoricalTransforms(IHostEnvironment env) => Environment = env;
        internal IHostEnvironment Environment { get; }
    }

    /// <summary>Conversions of types, keys and values; the operations are extension methods.</summary>
    public sealed class ConversionTransforms
    {
        internal ConversionTransforms(IHostEnvironment env) => Environment = env;
        internal IHostEnvironment Environment { get; }
    }
}

/// <summary>The name of a new column, and that of the column that it is made from.</summary>
public sealed class InputOutputColumnPair
{
    /// <summary>A pair; the input has the output's name unless given.</summary>
    public InputOutputColumnPair(string outputColumnName, string inputColumnName = null)
        => (OutputColumnName, InputColumnName) = (Contracts.CheckNonEmpty(outputColumnName), inputColumnName ?? outputColumnName);
    /// <summary>The column to read.</summary>
    public string InputColumnName { get; }
    /// <summary>The column to make.</summary>
    public string OutputColumnName { get; }
}

/// <summary>Joining, copying and dropping of columns.</summary>
public static class TransformExtensionsCatalog
{
    /// <summary>Joins columns of one type, scalars and vectors, to a vector.</summary>
    public static IEstimator<ITransformer> Concatenate(this TransformsCatalog catalog, string outputColumnName,
        params string[] inputColumnNames) => ConcatenatingEstimator.Create(catalog.Environment, outputColumnName, inputColumnNames);
    /// <summary>Gives a column a second name.</summary>
    public static IEstimator<ITransformer> CopyColumns(this TransformsCatalog catalog, string outputColumnName, string inputColumnName)
        => TrivialEstimator.Create(catalog.Environment, new CopyOperation(), (outputColumnName, inputColumnName));
    /// <summary>Drops columns.</summary>
    public static IEstimator<ITransformer> DropColumns(this TransformsCatalog catalog, params string[] columnNames)
        => SelectingTransformer.MakeEstimator(catalog.Environment, columnNames, keep: false);
    /// <summary>Keeps columns, in the order named, and drops the others.</summary>
    public static IEstimator<ITransformer> SelectColumns(this TransformsCatalog catalog, params string[] columnNames)
        => SelectingTransformer.MakeEstimator(catalog.Environment, columnNames, keep: true);
}

/// <summary>Gives a column a second name, with its annotations.</summary>
internal sealed record CopyOperation : ColumnOperation
{
    public override ColumnMap Map(DataViewSchema.Column input) => new(input.Type, input.Annotations, Getters.Get);
    public override SchemaShape.Column Shape(SchemaShape.Column input, string output)
        => new(output, input.Kind, input.ItemType, input.IsKey, input.Annotations);
}
