namespace Microsoft.ML.Data;

/// <summary>Vectors of primitive items, represented by <see cref="VBuffer{T}"/>.</summary>
public sealed class VectorDataViewType : DataViewType
{
    /// <summary>Vectors of <paramref name="size"/> items; 0 means that every row may have its own length.</summary>
    public VectorDataViewType(PrimitiveDataViewType itemType, int size = 0) : this(itemType, [size]) { }

    /// <summary>Tensors, stored flat; a dimension of 0 is not known.</summary>
    public VectorDataViewType(PrimitiveDataViewType itemType, params int[] dimensions)
        : base(typeof(VBuffer<>).MakeGenericType((itemType ?? throw new ArgumentNullException(nameof(itemType))).RawType))
    {
        Contracts.CheckParam(dimensions?.Length > 0 && dimensions.All(d => d >= 0), nameof(dimensions), "Sizes must not be negative.");
        (ItemType, Dimensions) = (itemType, [.. dimensions]);
        Size = dimensions.Aggregate(1, (size, d) => checked(size * d));
    }

    /// <summary>The lengths in each dimension; one entry for a plain vector.</summary>
    public ImmutableArray<int> Dimensions { get; }
    /// <summary>The type of the items.</summary>
    public PrimitiveDataViewType ItemType { get; }
    /// <summary>The number of items, or 0 where rows may differ.</summary>
    public int Size { get; }
    /// <summary>Whether all vectors have <see cref="Size"/> items.</summary>
    public bool IsKnownSize => Size > 0;
    /// <inheritdoc/>
    public override bool Equals(DataViewType other)
        => other is VectorDataViewType vector && ItemType.Equals(vector.ItemType) && Dimensions.SequenceEqual(vector.Dimensions);
    /// <inheritdoc/>
    public override bool Equals(object other) => other is DataViewType type && Equals(type);
    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ItemType, Size, Dimensions.Length);

    /// <inheritdoc/>
    public override string ToString()
    {
        var sizes = Dimensions.Length > 1 ? string.Concat(Dimensions.Select(d => d > 0 ? $", {d}" : ", *")) : Size > 0 ? $", {Size}" : "";
        return $"Vector<{ItemType}{sizes}>";
    }
}
