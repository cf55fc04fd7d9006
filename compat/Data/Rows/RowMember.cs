using System.Linq.Expressions;

namespace Microsoft.ML.Data;

/// <summary>A member of a row class bound to a column: reads the member as a column's getter, and writes a column's values to it.</summary>
internal abstract class RowMember<TRow>(DataViewSchema.Column column) where TRow : class
{
    public DataViewSchema.Column Column { get; } = column;

    public static RowMember<TRow>[] Bind(SchemaDefinition definition, SchemaDefinition.Direction direction)
        => (definition ?? SchemaDefinition.Create(typeof(TRow), direction)).Select(Bind).ToArray();

    public static DataViewSchema MakeSchema(RowMember<TRow>[] members)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(members.Select(member => member.Column));
        return builder.ToSchema();
    }

    public abstract Delegate MakeGetter(RowHolder<TRow> holder);
    public abstract Action<TRow> MakeSetter(DataViewRow row, DataViewSchema.Column column);

    private static RowMember<TRow> Bind(SchemaDefinition.Column definition)
    {
        var member = (MemberInfo)typeof(TRow).GetField(definition.MemberName) ?? typeof(TRow).GetProperty(definition.MemberName)
            ?? throw Contracts.ParamError(
                "userSchemaDefinition", $"No field or property with name '{definition.MemberName}' found in type '{typeof(TRow)}'");
        var (memberType, item) = (MemberTypes.GetMemberType(member), MemberTypes.GetItemType(member, out var isVector));
        var name = string.IsNullOrEmpty(definition.ColumnName) ? definition.MemberName : definition.ColumnName;
        var type = definition.ColumnType
            ?? (isVector ? new VectorDataViewType(ColumnTypes.FromRawType(item)) : ColumnTypes.FromRawType(item));
        if (isVector != type is VectorDataViewType || type.GetItemType().RawType != item)
            throw Contracts.ParamError("userSchemaDefinition",
                $"Column '{name}' is supposed to be {type}, but its member is {memberType}.");

        var column = new DataViewSchema.Column(name, type, definition.Annotations);
        return memberType == typeof(string) ? new RowMember<TRow, string, ReadOnlyMemory<char>>(column, member,
                (text, ref value) => value = text.AsMemory(), (value, ref text) => text = value.ToString())
            : memberType == typeof(string[]) ? new RowMember<TRow, string[], VBuffer<ReadOnlyMemory<char>>>(column, member,
                (texts, ref value) => value = new(texts?.Length ?? 0, Array.ConvertAll(texts ?? [], text => text.AsMemory())),
                (value, ref texts) => texts = value.Length == 0 && texts == null ? null
                    : [.. value.DenseValues().Select(text => text.ToString())])
            : memberType.IsArray ? Generic.Invoke<RowMember<TRow>>(MakeArray<int>, item, column, member)
            : Generic.Invoke<RowMember<TRow>>(type is KeyDataViewType ? MakeKey<int> : MakeValue<int>, memberType, column, member);
    }

    private static RowMember<TRow> MakeArray<T>(DataViewSchema.Column column, MemberInfo member)
        => new RowMember<TRow, T[], VBuffer<T>>(column, member,
            (items, ref value) => VBuffer<T>.Copy(items ?? [], 0, ref value, items?.Length ?? 0),
            (value, ref items) =>
            {
                if ((items?.Length ?? 0) != value.Length)
                    items = new T[value.Length];
                value.CopyTo(items);
            });

    private static RowMember<TRow> MakeValue<T>(DataViewSchema.Column column, MemberInfo member)
        => new RowMember<TRow, T, T>(column, member,
            (from, ref to) => ColumnStore<T>.Copy(from, ref to), (from, ref to) => ColumnStore<T>.Copy(from, ref to));

    // Objects that are read count keys from 0; a column, and what is written to objects, counts them from 1.
    private static RowMember<TRow> MakeKey<T>(DataViewSchema.Column column, MemberInfo member) where T : struct, IBinaryInteger<T>
        => new RowMember<TRow, T, T>(column, member,
            (index, ref value) => value = ulong.CreateTruncating(index) < ((KeyDataViewType)column.Type).Count ? index + T.One : T.Zero,
            (value, ref result) => result = value);
}

/// <summary>Converts between what a member holds and what a column holds, reusing the target's memory where it can.</summary>
internal delegate void ValueConverter<TFrom, TTo>(TFrom from, ref TTo to);

/// <summary>A bound member of type <typeparamref name="TMember"/> whose column holds <typeparamref name="TValue"/>.</summary>
internal sealed class RowMember<TRow, TMember, TValue>(
    DataViewSchema.Column column, MemberInfo member, ValueConverter<TMember, TValue> toValue,
    ValueConverter<TValue, TMember> toMember) : RowMember<TRow>(column) where TRow : class
{
    // Compiling takes longer than predicting thousands of rows, and members are bound again for every engine and cursor.
    private static readonly ConcurrentDictionary<MemberInfo, Func<TRow, TMember>> _readers = new();
    private static readonly ConcurrentDictionary<MemberInfo, Action<TRow, TMember>> _writers = new();

    public override Delegate MakeGetter(RowHolder<TRow> holder)
    {
        var read = GetReader();
        return (ValueGetter<TValue>)((ref value) => toValue(read(holder.Current), ref value));
    }

    public override Action<TRow> MakeSetter(DataViewRow row, DataViewSchema.Column column)
    {
        var isCompatible = column.Type.GetItemType().RawType == Column.Type.GetItemType().RawType
            && column.Type is VectorDataViewType == Column.Type is VectorDataViewType;
        Contracts.Check(isCompatible, $"Can't bind the IDataView column '{column.Name}' of type '{column.Type}' "
            + $"to field or property '{member.Name}' of type '{typeof(TMember)}'.");
        var getter = row.GetGetter<TValue>(column);
        var write = _writers.GetOrAdd(member, static member =>
        {
            var (target, value) = (Expression.Parameter(typeof(TRow)), Expression.Parameter(typeof(TMember)));
            var assignment = Expression.Assign(Expression.MakeMemberAccess(target, member), value);
            return Expression.Lambda<Action<TRow, TMember>>(assignment, target, value).Compile();
        });
        // What an object holds is read only where its memory can be reused.
        var reuses = Column.Type is VectorDataViewType && member is not PropertyInfo { CanRead: false };
        var read = reuses ? GetReader() : null;
        TValue value = default;
        return target =>
        {
            getter(ref value);
            var result = read == null ? default : read(target);
            toMember(value, ref result);
            write(target, result);
        };
    }

    private Func<TRow, TMember> GetReader() => _readers.GetOrAdd(member, static member =>
    {
        var source = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, TMember>>(Expression.MakeMemberAccess(source, member), source).Compile();
    });
}

/// <summary>Which columns of a schema go to which members of a row class.</summary>
internal sealed class ObjectFiller<TRow> where TRow : class
{
    private readonly (RowMember<TRow> Member, DataViewSchema.Column Column)[] _bindings;

    public ObjectFiller(DataViewSchema schema, bool ignoreMissingColumns, SchemaDefinition definition)
    {
        var members = RowMember<TRow>.Bind(definition, SchemaDefinition.Direction.Write);
        var missing = members.Where(member => schema.GetColumnOrNull(member.Column.Name) == null).ToArray();
        if (missing.Length > 0 && !ignoreMissingColumns)
            throw Contracts.MissingColumn("Schema", "", missing[0].Column.Name);
        _bindings = [.. members.Except(missing).Select(member => (member, schema[member.Column.Name]))];
    }

    public IEnumerable<DataViewSchema.Column> Columns => _bindings.Select(binding => binding.Column);

    public Action<TRow> Over(DataViewRow row)
    {
        var setters = Array.ConvertAll(_bindings, binding => binding.Member.MakeSetter(row, binding.Column));
        return setters.Length == 1 ? setters[0] : target =>
        {
            foreach (var setter in setters)
                setter(target);
        };
    }
}
