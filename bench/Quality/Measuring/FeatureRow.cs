using Microsoft.ML.Data;

namespace MlNetShallowNet.Quality.Measuring;

/// <summary>A row whose features are there already.</summary>
internal sealed class FeatureRow
{
    public bool Label { get; set; }

    public VBuffer<float> Features { get; set; }

    /// <summary>The schema of rows of this many features.</summary>
    public static SchemaDefinition Schema(int features)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(FeatureRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        return schema;
    }
}
