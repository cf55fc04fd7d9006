using Microsoft.ML.Data;

namespace MlNetShallowNet.Samples.Comparison;

/// <summary>A row whose features are there already.</summary>
internal sealed class FeatureRow
{
    public bool Label { get; set; }

    public VBuffer<float> Features { get; set; }

    /// <summary>The schema of rows of this many features.</summary>
    /// <param name="features">How many.</param>
    /// <param name="label">What the label column is called; the scorer of a constant model asks for it by its name.</param>
    public static SchemaDefinition Schema(int features, string label = nameof(Label))
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(FeatureRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        schema[nameof(Label)].ColumnName = label;
        return schema;
    }
}
