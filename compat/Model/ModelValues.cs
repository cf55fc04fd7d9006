using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Microsoft.ML;

/// <summary>Values of column types in model files: texts as such, all others as their bytes (little-endian).</summary>
internal static class ModelValues
{
    public static void Write<T>(BinaryWriter writer, T value)
    {
        if (value is ReadOnlyMemory<char> text)
            writer.Write(text.ToString());
        else
            writer.Write(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref value), Unsafe.SizeOf<T>()));
    }

    public static T Read<T>(BinaryReader reader)
    {
        if (typeof(T) == typeof(ReadOnlyMemory<char>))
            return (T)(object)reader.ReadString().AsMemory();
        return Unsafe.ReadUnaligned<T>(ref MemoryMarshal.GetArrayDataReference(ReadBytes(reader, Unsafe.SizeOf<T>())));
    }

    public static void WriteVector<T>(BinaryWriter writer, VBuffer<T> vector)
    {
        writer.Write(vector.Length);
        writer.Write(vector.GetValues().Length);
        foreach (var index in vector.GetIndices())
            writer.Write(index);
        foreach (var value in vector.GetValues())
            Write(writer, value);
    }

    public static VBuffer<T> ReadVector<T>(BinaryReader reader)
    {
        var (length, count) = (reader.ReadInt32(), reader.ReadInt32());
        if (count < 0 || count > length || count > reader.BaseStream.Length - reader.BaseStream.Position)
            throw new FormatException($"The model has a vector of {count} explicit values among {length}, which cannot be.");
        var (values, indices) = (new T[count], new int[count == length ? 0 : count]);
        for (var i = 0; i < indices.Length; i++)
            indices[i] = reader.ReadInt32();
        for (var i = 0; i < count; i++)
            values[i] = Read<T>(reader);
        return new VBuffer<T>(length, count, values, indices);
    }

    private static byte[] ReadBytes(BinaryReader reader, int count)
        => reader.ReadBytes(count) is var bytes && bytes.Length == count ? bytes : throw new EndOfStreamException();
}

/// <summary>Writes column types to model files and reads them back.</summary>
internal static class ModelTypes
{
    /// <summary>Writes a type: the name of its items, for a key their number (else 0), for a vector its dimensions.</summary>
    public static void Write(BinaryWriter writer, DataViewType type)
    {
        var item = type.GetItemType();
        writer.Write(ColumnTypes.FromRawType(item.RawType).ToString());
        writer.Write((item as KeyDataViewType)?.Count ?? 0);
        var dimensions = (type as VectorDataViewType)?.Dimensions ?? [];
        writer.Write((byte)dimensions.Length);
        foreach (var size in dimensions)
            writer.Write(size);
    }

    public static DataViewType Read(BinaryReader reader)
    {
        var (name, keys, dimensions) = (reader.ReadString(), reader.ReadUInt64(), new int[reader.ReadByte()]);
        for (var i = 0; i < dimensions.Length; i++)
            dimensions[i] = reader.ReadInt32();
        var item = ColumnTypes.Primitives.FirstOrDefault(type => type.ToString() == name)
            ?? throw new FormatException($"The model has a column of the unknown type '{name}'.");
        if (keys > 0)
            item = new KeyDataViewType(item.RawType, keys);
        return dimensions.Length == 0 ? item : new VectorDataViewType(item, dimensions);
    }
}
