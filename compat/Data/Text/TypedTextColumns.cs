namespace Microsoft.ML.Data;

/// <summary>The columns that a class's members are read from.</summary>
internal static class TypedTextColumns
{
    /// <summary>A column for each public field and readable property; one without <see cref="LoadColumnAttribute"/> throws.</summary>
    public static TextLoader.Column[] Of(Type type)
    {
        var members = MemberTypes.Of(type, SchemaDefinition.Direction.Read).ToArray();
        Contracts.CheckParam(members.Length > 0, "TInput", "Should define at least one public, readable field or property in TInput.");
        return Array.ConvertAll(members, Make);
    }

    private static TextLoader.Column Make(MemberInfo member)
    {
        var word = member is FieldInfo ? "Field" : "Property";
        var source = member.GetCustomAttribute<LoadColumnAttribute>();
        Contracts.Check(source != null, $"{word} '{member.Name}' is missing the {nameof(LoadColumnAttribute)} attribute");
        var type = MemberTypes.GetMemberType(member);
        var kind = DataKinds.Of(type.IsArray ? type.GetElementType() : type)
            ?? throw new InvalidOperationException($"{word} {member.Name} is of unsupported type.");
        return new TextLoader.Column(member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name, kind, source.Sources,
            member.GetCustomAttribute<KeyTypeAttribute>() is { } key ? new KeyCount(key.Count) : null);
    }
}

/// <summary>Says which columns of a text file a member is read from; the first column has index 0.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class LoadColumnAttribute : Attribute
{
    /// <summary>One column.</summary>
    public LoadColumnAttribute(int fieldIndex) => Sources = [new TextLoader.Range(fieldIndex)];
    /// <summary>The columns from <paramref name="start"/> to <paramref name="end"/>, both included, as a vector.</summary>
    public LoadColumnAttribute(int start, int end) => Sources = [new TextLoader.Range(start, end)];
    internal TextLoader.Range[] Sources { get; }
}
