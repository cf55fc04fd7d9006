namespace Microsoft.ML.Data;

/// <summary>Gives the column of a member another name than the member's.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ColumnNameAttribute : Attribute
{
    /// <summary>The column's name.</summary>
    public ColumnNameAttribute(string name) => Name = name;
    internal string Name { get; }
}

/// <summary>Keeps a member from being a column.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class NoColumnAttribute : Attribute;

/// <summary>Gives the size of a vector member; without it the size is not known.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class VectorTypeAttribute : Attribute
{
    /// <summary>A vector of any size.</summary>
    public VectorTypeAttribute() { }

    /// <summary>A vector of that size.</summary>
    public VectorTypeAttribute(int size)
    {
        Contracts.CheckParam(size >= 0, nameof(size), "A size must not be negative.");
        Size = size;
    }

    internal int Size { get; }
}

/// <summary>Makes an unsigned integer member a key: its values count from 0, and those beyond the last are missing.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class KeyTypeAttribute : Attribute
{
    /// <summary>A key of <paramref name="count"/> values.</summary>
    public KeyTypeAttribute(ulong count) => Count = count;
    internal ulong Count { get; }
}
