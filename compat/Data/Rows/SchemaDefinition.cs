namespace Microsoft.ML.Data;

/// <summary>How the members of a row class map to columns; may be changed before it is used.</summary>
public sealed class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition() { }

    /// <summary>Whether objects are read, written or both: tells which properties count.</summary>
    [Flags]
    public enum Direction
    {
        /// <summary>Members that can be read.</summary>
        Read = 1,
        /// <summary>Members that can be written.</summary>
        Write = 2,
        /// <summary>Members that can be read or written.</summary>
        Both = Read | Write,
    }

    /// <summary>The column of that name, or null.</summary>
    public Column this[string columnName] => Find(column => column.ColumnName == columnName);

    /// <summary>The definition that the public fields and properties of a class and their attributes make.</summary>
    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        var result = new SchemaDefinition();
        foreach (var member in MemberTypes.Of(Contracts.CheckValue(userType), direction))
        {
            if (member.IsDefined(typeof(NoColumnAttribute)))
                continue;
            var name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;
            if (result[name] != null)
                throw Contracts.ParamError(nameof(userType), $"Duplicate column name '{name}' detected, this is disallowed");
            result.Add(new Column(member.Name, name, TypeOf(member)));
        }
        return result;
    }

    /// <summary>The definition for objects with the columns of a schema, which give types and annotations.</summary>
    internal static SchemaDefinition Create(Type userType, DataViewSchema schema)
    {
        var result = Create(userType, Direction.Read);
        foreach (var column in schema)
        {
            var own = result[column.Name] ?? throw new InvalidOperationException($"Type should contain a member named {column.Name}");
            (own.ColumnType, own.Annotations) = (column.Type, column.Annotations);
        }
        return result;
    }

    private static DataViewType TypeOf(MemberInfo member)
    {
        var item = MemberTypes.GetItemType(member, out var isVector);
        var itemType = member.GetCustomAttribute<KeyTypeAttribute>() is { } key
            ? new KeyDataViewType(item, key.Count) : ColumnTypes.FromRawType(item);
        var vector = member.GetCustomAttribute<VectorTypeAttribute>();
        if (vector != null && !isVector)
            throw Contracts.ParamError("userType",
                $"Member {member.Name} has a {nameof(VectorTypeAttribute)}, but it is no vector: make it an array.");
        return !isVector ? itemType : new VectorDataViewType(itemType, vector?.Size ?? 0);
    }

    /// <summary>A member and its column.</summary>
    public sealed class Column
    {
        internal Column(string memberName, string columnName, DataViewType columnType)
            => (MemberName, ColumnName, ColumnType) = (memberName, columnName, columnType);
        internal string MemberName { get; }
        /// <summary>The column's name.</summary>
        public string ColumnName { get; set; }
        /// <summary>The column's type: that of the member, but the size of a vector and the kind of a key are free.</summary>
        public DataViewType ColumnType { get; set; }
        internal DataViewSchema.Annotations Annotations { get; set; }
    }
}

/// <summary>The .NET types of members of row classes.</summary>
internal static class MemberTypes
{
    /// <summary>The public fields, and the properties that can be accessed as said.</summary>
    public static IEnumerable<MemberInfo> Of(Type type, SchemaDefinition.Direction direction)
        => type.GetFields(BindingFlags.Public | BindingFlags.Instance).Concat<MemberInfo>(
            type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0
                && ((direction.HasFlag(SchemaDefinition.Direction.Read) && property.GetGetMethod() != null)
                    || (direction.HasFlag(SchemaDefinition.Direction.Write) && property.GetSetMethod() != null))));

    public static Type GetMemberType(MemberInfo member)
        => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    /// <summary>The raw type of the member's values, or of the items where the member is an array or a vector.</summary>
    public static Type GetItemType(MemberInfo member, out bool isVector)
    {
        var type = GetMemberType(member);
        isVector = type.IsArray || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>));
        var item = !isVector ? type : type.IsArray ? type.GetElementType() : type.GetGenericArguments()[0];
        if (item == typeof(string))
            item = typeof(ReadOnlyMemory<char>);
        if (ColumnTypes.FromRawType(item) == null)
            throw Contracts.ParamError("rawType",
                $"Could not determine an IDataView type for member {member.Name}: {type} is not among the types of columns.");
        return item;
    }
}
