using Microsoft.ML.Data;

namespace MlNetShallowNet.Persistence;

/// <summary>A row of which only the features are read.</summary>
internal sealed class FeaturesRow
{
    public VBuffer<float> Features { get; set; }

    /// <summary>The definition by which the features are in the column of this name, <paramref name="count"/> of them.</summary>
    public static SchemaDefinition Definition(string column, int count)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(FeaturesRow));
        SchemaDefinition.Column features = definition[nameof(Features)];
        features.ColumnName = column;
        features.ColumnType = new VectorDataViewType(NumberDataViewType.Single, count);
        return definition;
    }
}
