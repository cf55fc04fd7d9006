namespace Microsoft.ML;

/// <summary>What a model file holds as its type's name and the values of its constructor's parameters.</summary>
internal abstract record ModelRecord
{
    private static readonly Dictionary<string, Type> _types = typeof(ModelRecord).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(ModelRecord)) && !type.IsAbstract).ToDictionary(type => type.Name);

    public void Write(ModelSaveContext ctx)
    {
        ctx.Writer.Write(GetType().Name);
        foreach (var parameter in GetType().GetConstructors()[0].GetParameters())
            ModelValues.Write(ctx, parameter.ParameterType, GetType().GetProperty(parameter.Name).GetValue(this));
    }

    public static object Read(ModelLoadContext ctx)
    {
        string name = ctx.Reader.ReadString();
        if (!_types.TryGetValue(name, out var type))
            throw new FormatException($"The model holds a '{name}', which this version of the subset doesn't know.");
        return Activator.CreateInstance(type, Array.ConvertAll(type.GetConstructors()[0].GetParameters(),
            parameter => ModelValues.Read(ctx, parameter.ParameterType)));
    }
}

/// <summary>Values in model files, written and read by the type of the parameter that takes them; numbers as little-endian bytes.</summary>
internal static class ModelValues
{
    public static void Write(ModelSaveContext ctx, Type type, object value)
    {
        if (MayBeNull(type))
            ctx.Writer.Write(value != null);
        switch (value)
        {
            case null: break;
            case string text: ctx.Writer.Write(text); break;
            case DataViewType columnType: WriteType(ctx.Writer, columnType); break;
            case ICanSaveModel child: ctx.SaveChild(child); break;
            case ModelRecord record: record.Write(ctx); break;
            case Array items: WriteItems(ctx, items, isTyped: type.IsArray); break;
            default: Generic.Invoke<bool>(WriteBytes<int>, value.GetType(), ctx.Writer, value); break;
        }
    }

    public static object Read(ModelLoadContext ctx, Type type)
        => MayBeNull(type) && !ctx.Reader.ReadBoolean() ? null
            : type == typeof(string) ? ctx.Reader.ReadString()
            : type == typeof(ReadOnlyMemory<char>) ? ctx.Reader.ReadString().AsMemory()
            : type == typeof(DataViewType) ? ReadType(ctx.Reader)
            : type.IsAssignableTo(typeof(ICanSaveModel)) ? ctx.LoadChild(type)
            : type.IsAssignableTo(typeof(ModelRecord)) ? ModelRecord.Read(ctx)
            : type.IsAssignableTo(typeof(Array)) ? ReadItems(ctx, type.GetElementType())
            : Generic.Invoke<object>(ReadBytes<int>, type, ctx.Reader);
    private static bool MayBeNull(Type type) => type == typeof(string) || type.IsAssignableTo(typeof(Array));

    // Where the parameter takes any array, the type of the items, or of those of the arrays inside, comes first.
    private static void WriteItems(ModelSaveContext ctx, Array items, bool isTyped)
    {
        var item = items.GetType().GetElementType();
        if (!isTyped)
        {
            ctx.Writer.Write(item.IsArray);
            WriteType(ctx.Writer, ColumnTypes.FromRawType(item.IsArray ? item.GetElementType() : item));
        }
        ctx.Writer.Write(items.Length);
        foreach (var one in items)
            Write(ctx, item, one);
    }

    private static Array ReadItems(ModelLoadContext ctx, Type item)
    {
        if (item == null)
        {
            bool isJagged = ctx.Reader.ReadBoolean();
            var raw = ReadType(ctx.Reader).RawType;
            item = isJagged ? raw.MakeArrayType() : raw;
        }
        int count = ctx.Reader.ReadInt32();
        if (count < 0 || count > ctx.Reader.BaseStream.Length - ctx.Reader.BaseStream.Position)
            throw new FormatException($"The model says that {count} values follow, which cannot be: the file was altered.");
        var items = Array.CreateInstance(item, count);
        for (int i = 0; i < count; i++)
            items.SetValue(Read(ctx, item), i);
        return items;
    }

    private static bool WriteBytes<T>(BinaryWriter writer, T value)
    {
        if (value is ReadOnlyMemory<char> text)
            writer.Write(text.ToString());
        else
            writer.Write(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref value), Unsafe.SizeOf<T>()));
        return true;
    }

    private static object ReadBytes<T>(BinaryReader reader)
    {
        var bytes = reader.ReadBytes(Unsafe.SizeOf<T>());
        return bytes.Length == Unsafe.SizeOf<T>() ? Unsafe.ReadUnaligned<T>(ref bytes[0]) : throw new EndOfStreamException();
    }

    // The name of the items, for a key their number (else 0), for a vector its dimensions.
    private static void WriteType(BinaryWriter writer, DataViewType type)
    {
        var item = type.GetItemType();
        writer.Write(ColumnTypes.FromRawType(item.RawType).ToString());
        writer.Write((item as KeyDataViewType)?.Count ?? 0);
        var dimensions = (type as VectorDataViewType)?.Dimensions ?? [];
        writer.Write((byte)dimensions.Length);
        foreach (int size in dimensions)
            writer.Write(size);
    }

    private static DataViewType ReadType(BinaryReader reader)
    {
        var (name, keys, dimensions) = (reader.ReadString(), reader.ReadUInt64(), new int[reader.ReadByte()]);
        for (int i = 0; i < dimensions.Length; i++)
            dimensions[i] = reader.ReadInt32();
        var item = ColumnTypes.Primitives.FirstOrDefault(type => type.ToString() == name)
            ?? throw new FormatException($"The model has a column of the unknown type '{name}'.");
        if (keys > 0)
            item = new KeyDataViewType(item.RawType, keys);
        return dimensions.Length == 0 ? item : new VectorDataViewType(item, dimensions);
    }
}
