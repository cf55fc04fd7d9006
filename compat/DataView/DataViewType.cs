namespace Microsoft.ML.Data;

/// <summary>The type of a column's values.</summary>
public abstract class DataViewType : IEquatable<DataViewType>
{
    private protected DataViewType(Type rawType) => RawType = rawType ?? throw new ArgumentNullException(nameof(rawType));
    /// <summary>The .NET type that represents the values.</summary>
    public Type RawType { get; }
    /// <summary>Whether the other type has the same values.</summary>
    public abstract bool Equals(DataViewType other);
}

/// <summary>A type whose values are simple: numbers, text, keys, dates.</summary>
public abstract class PrimitiveDataViewType : DataViewType
{
    private protected PrimitiveDataViewType(Type rawType, string name) : base(rawType) => Name = name;
    private protected string Name { get; }
    /// <inheritdoc/>
    public override bool Equals(DataViewType other) => ReferenceEquals(this, other);
    /// <summary>The type's name.</summary>
    public override string ToString() => Name;
}

/// <summary>Text, represented by <see cref="ReadOnlyMemory{T}"/> of characters.</summary>
public sealed class TextDataViewType : PrimitiveDataViewType
{
    private TextDataViewType() : base(typeof(ReadOnlyMemory<char>), "String") { }
    /// <summary>The only instance.</summary>
    public static TextDataViewType Instance { get; } = new();
}

/// <summary>True or false.</summary>
public sealed class BooleanDataViewType : PrimitiveDataViewType
{
    private BooleanDataViewType() : base(typeof(bool), "Boolean") { }
    /// <summary>The only instance.</summary>
    public static BooleanDataViewType Instance { get; } = new();
}

/// <summary>Dates with a time of day.</summary>
public sealed class DateTimeDataViewType : PrimitiveDataViewType
{
    private DateTimeDataViewType() : base(typeof(DateTime), "DateTime") { }
    /// <summary>The only instance.</summary>
    public static DateTimeDataViewType Instance { get; } = new();
}

/// <summary>The ten kinds of numbers.</summary>
public sealed class NumberDataViewType : PrimitiveDataViewType
{
    private NumberDataViewType(Type rawType) : base(rawType, rawType.Name) { }
    /// <summary>Signed 8-bit integers.</summary>
    public static NumberDataViewType SByte { get; } = new(typeof(sbyte));
    /// <summary>Unsigned 8-bit integers.</summary>
    public static NumberDataViewType Byte { get; } = new(typeof(byte));
    /// <summary>Signed 16-bit integers.</summary>
    public static NumberDataViewType Int16 { get; } = new(typeof(short));
    /// <summary>Unsigned 16-bit integers.</summary>
    public static NumberDataViewType UInt16 { get; } = new(typeof(ushort));
    /// <summary>Signed 32-bit integers.</summary>
    public static NumberDataViewType Int32 { get; } = new(typeof(int));
    /// <summary>Unsigned 32-bit integers.</summary>
    public static NumberDataViewType UInt32 { get; } = new(typeof(uint));
    /// <summary>Signed 64-bit integers.</summary>
    public static NumberDataViewType Int64 { get; } = new(typeof(long));
    /// <summary>Unsigned 64-bit integers.</summary>
    public static NumberDataViewType UInt64 { get; } = new(typeof(ulong));
    /// <summary>Single precision floating point numbers.</summary>
    public static NumberDataViewType Single { get; } = new(typeof(float));
    /// <summary>Double precision floating point numbers.</summary>
    public static NumberDataViewType Double { get; } = new(typeof(double));
}

/// <summary>What the library needs to know of column types.</summary>
internal static class ColumnTypes
{
    private static readonly Dictionary<Type, PrimitiveDataViewType> _byRawType = new PrimitiveDataViewType[]
    {
        NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16, NumberDataViewType.UInt16, NumberDataViewType.Int32,
        NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64, NumberDataViewType.Single,
        NumberDataViewType.Double, TextDataViewType.Instance, BooleanDataViewType.Instance, DateTimeDataViewType.Instance,
    }.ToDictionary(type => type.RawType);

    public static IEnumerable<PrimitiveDataViewType> Primitives => _byRawType.Values;
    public static PrimitiveDataViewType FromRawType(Type type) => _byRawType.GetValueOrDefault(type);
    public static DataViewType GetItemType(this DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;
    public static int GetValueCount(this DataViewType type) => type is VectorDataViewType vector ? vector.Size : 1;
    public static bool IsKnownSizeVector(this DataViewType type) => type is VectorDataViewType { IsKnownSize: true };
}

/// <summary>Indices into a list of <see cref="Count"/> things, stored one higher: 0 means that a value is missing.</summary>
public sealed class KeyDataViewType : PrimitiveDataViewType
{
    /// <summary>Keys stored as <paramref name="type"/>, one of the unsigned integers.</summary>
    public KeyDataViewType(Type type, ulong count) : base(type, "Key")
    {
        if (!IsValidDataType(type))
            throw Contracts.ParamError(nameof(type), $"A key is stored as Byte, UInt16, UInt32 or UInt64, not as {type}.");
        if (count == 0 || count > MaximumCount(type))
            throw Contracts.ParamError(nameof(count),
                $"The number of keys must be from 1 to {MaximumCount(type)} for {type.Name}, but it is {count}.");
        Count = count;
    }

    /// <summary>Keys stored as <paramref name="type"/>, one of the unsigned integers.</summary>
    public KeyDataViewType(Type type, int count) : this(type, (ulong)Math.Max(0, count)) { }
    /// <summary>How many keys there are.</summary>
    public ulong Count { get; }

    internal static ulong MaximumCount(Type type) => ulong.MaxValue >> (64 - 8 * Marshal.SizeOf(type));
    internal static bool IsValidDataType(Type type)
        => type == typeof(uint) || type == typeof(ulong) || type == typeof(ushort) || type == typeof(byte);
    /// <inheritdoc/>
    public override bool Equals(DataViewType other) => other is KeyDataViewType key && key.RawType == RawType && key.Count == Count;
    /// <inheritdoc/>
    public override bool Equals(object other) => other is DataViewType type && Equals(type);
    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RawType, Count);
    /// <inheritdoc/>
    public override string ToString() => $"Key<{RawType.Name}, 0-{Count - 1}>";
}
