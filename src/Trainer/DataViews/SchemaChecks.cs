using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.DataViews;

/// <summary>
/// Whether a data view has the columns that a trainer or model needs. The exceptions and their words are those of ML.NET's own trainers,
/// so that callers and users meet what they know.
/// </summary>
internal static class SchemaChecks
{
    /// <summary>The feature column: a vector of Single of known size.</summary>
    public static DataViewSchema.Column FeatureColumn(DataViewSchema inputSchema, string name)
    {
        DataViewSchema.Column column = Find(inputSchema, "feature", name);
        if (column.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.ItemType != NumberDataViewType.Single)
            throw Mismatch(inputSchema, "feature", name, "Vector<Single>", column.Type);
        return column;
    }

    /// <summary>The feature column of a trained model: as many slots as it was trained on.</summary>
    public static DataViewSchema.Column FeatureColumn(DataViewSchema inputSchema, string name, int featureCount)
    {
        DataViewSchema.Column column = FeatureColumn(inputSchema, name);
        if (((VectorDataViewType)column.Type).Size != featureCount)
            throw Mismatch(inputSchema, "feature", name, $"Vector<Single, {featureCount}>", column.Type);
        return column;
    }

    /// <summary>The label column: Boolean.</summary>
    public static DataViewSchema.Column LabelColumn(DataViewSchema inputSchema, string name) =>
        Scalar(inputSchema, "label", name, BooleanDataViewType.Instance);

    /// <summary>The column of example weights: Single.</summary>
    public static DataViewSchema.Column WeightColumn(DataViewSchema inputSchema, string name) =>
        Scalar(inputSchema, "weight", name, NumberDataViewType.Single);

    private static DataViewSchema.Column Scalar(DataViewSchema inputSchema, string role, string name, DataViewType type)
    {
        DataViewSchema.Column column = Find(inputSchema, role, name);
        if (!column.Type.Equals(type))
            throw Mismatch(inputSchema, role, name, type.ToString()!, column.Type);
        return column;
    }

    private static DataViewSchema.Column Find(DataViewSchema inputSchema, string role, string name)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(
            nameof(inputSchema), $"Could not find {role} column '{name}'. The data has {Columns(inputSchema)}.");
    }

    private static ArgumentOutOfRangeException Mismatch(DataViewSchema inputSchema, string role, string name, string expected, DataViewType found) =>
        new(nameof(inputSchema), $"Schema mismatch for {role} column '{name}': expected {expected}, got {found}{(found is VectorDataViewType { IsKnownSize: false } ? " of unknown size" : "")}");

    private static string Columns(DataViewSchema inputSchema)
    {
        const int shown = 20;
        string[] names = [.. inputSchema.Where(c => !c.IsHidden).Select(c => c.Name)];
        string list = string.Join(", ", names.Take(shown));
        return names.Length switch
        {
            0 => "no columns",
            <= shown => $"the columns {list}",
            _ => $"the columns {list} and {names.Length - shown} more",
        };
    }
}
