using ParquetSharp;

namespace MlNetShallowNet.Sources.Parquet;

/// <summary>As what ParquetSharp reads columns: as it does by itself, and words of a given list (<c>ENUM</c>), which it does not know, as texts.</summary>
internal sealed class StoredTypes : LogicalTypeFactory
{
    /// <summary>The only one.</summary>
    public static StoredTypes Instance { get; } = new();

    public override (Type physicalType, Type logicalType) GetSystemTypes(ColumnDescriptor descriptor)
    {
        using LogicalType type = descriptor.LogicalType;
        return type is EnumLogicalType ? (typeof(ByteArray), typeof(string)) : base.GetSystemTypes(descriptor);
    }
}
