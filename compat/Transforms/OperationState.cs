namespace Microsoft.ML.Data;

/// <summary>Column operations in model files: the type's name and the values of its constructor's parameters.</summary>
internal static class OperationState
{
    private static readonly Dictionary<string, Type> _types = typeof(OperationState).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(ColumnOperation)) && !type.IsAbstract).ToDictionary(type => type.Name);

    public static void Write(BinaryWriter writer, ColumnOperation operation)
    {
        var type = operation.GetType();
        writer.Write(type.Name);
        foreach (var parameter in type.GetConstructors()[0].GetParameters())
            WriteValue(writer, type.GetProperty(parameter.Name).GetValue(operation));
    }

    public static ColumnOperation Read(BinaryReader reader)
    {
        string name = reader.ReadString();
        if (!_types.TryGetValue(name, out var type))
            throw new FormatException($"The model has an operation '{name}', which this version of the subset doesn't know.");
        var parameters = type.GetConstructors()[0].GetParameters();
        return (ColumnOperation)Activator.CreateInstance(type,
            Array.ConvertAll(parameters, parameter => ReadValue(reader, parameter.ParameterType)));
    }

    private static void WriteValue(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case null: writer.Write(false); break;
            case DataViewType type: ModelTypes.Write(writer, type); break;
            case Enum kind: writer.Write(Convert.ToByte(kind)); break;
            case Array items:
                writer.Write(true);
                var item = items.GetType().GetElementType();
                writer.Write(item.IsArray);
                ModelTypes.Write(writer, ColumnTypes.FromRawType(item.IsArray ? item.GetElementType() : item));
                writer.Write(items.Length);
                foreach (var one in items)
                    WriteValue(writer, one);
                break;
            default: Generic.Invoke<bool>(WriteRaw<int>, value.GetType(), writer, value); break;
        }
    }

    private static object ReadValue(BinaryReader reader, Type type) => type == typeof(DataViewType) ? ModelTypes.Read(reader)
            : type.IsEnum ? Enum.ToObject(type, reader.ReadByte()) : type == typeof(Array) ? ReadArray(reader)
            : Generic.Invoke<object>(ReadRaw<int>, type, reader);

    private static Array ReadArray(BinaryReader reader)
    {
        if (!reader.ReadBoolean())
            return null;
        bool isJagged = reader.ReadBoolean();
        var raw = ModelTypes.Read(reader).RawType;
        int count = reader.ReadInt32();
        if (count < 0 || count > reader.BaseStream.Length - reader.BaseStream.Position)
            throw new FormatException($"The model says that {count} values follow, which cannot be: the file was altered.");
        var items = Array.CreateInstance(isJagged ? raw.MakeArrayType() : raw, count);
        for (int i = 0; i < count; i++)
            items.SetValue(isJagged ? ReadArray(reader) : Generic.Invoke<object>(ReadRaw<int>, raw, reader), i);
        return items;
    }

    private static bool WriteRaw<T>(BinaryWriter writer, T value)
    {
        ModelValues.Write(writer, value);
        return true;
    }

    private static object ReadRaw<T>(BinaryReader reader) => ModelValues.Read<T>(reader);
}
