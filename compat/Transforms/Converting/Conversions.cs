namespace Microsoft.ML.Runtime;

internal delegate void Converter<TSource, TTarget>(in TSource source, ref TTarget target);

/// <summary>The standard conversions between scalar types.</summary>
internal static class Conversions
{
    private static readonly Dictionary<(Type, Type), Delegate> _table = [];

    static Conversions()
    {
        AddSigned<sbyte>(); AddSigned<short>(); AddSigned<int>(); AddSigned<long>();
        AddUnsigned<byte>(); AddUnsigned<ushort>(); AddUnsigned<uint>(); AddUnsigned<ulong>();
        AddFromNumber<float>(value => value.ToString("G7", CultureInfo.InvariantCulture));
        AddFromNumber<double>(value => value.ToString("G17", CultureInfo.InvariantCulture));
        AddFromBoolean<sbyte>(); AddFromBoolean<short>(); AddFromBoolean<int>(); AddFromBoolean<long>();
        AddFromBoolean<float>(); AddFromBoolean<double>();
        Add((in bool source, ref bool target) => target = source);
        Add((in bool source, ref ReadOnlyMemory<char> target) => target = source.ToString().AsMemory());
        Add((in ReadOnlyMemory<char> source, ref ReadOnlyMemory<char> target) => target = source);
        AddFromText(() => false); AddFromText(() => float.NaN); AddFromText(() => double.NaN);
        AddFromText(Unreadable<sbyte>); AddFromText(Unreadable<short>); AddFromText(Unreadable<int>); AddFromText(Unreadable<long>);
        AddFromText(Unreadable<byte>); AddFromText(Unreadable<ushort>); AddFromText(Unreadable<uint>); AddFromText(Unreadable<ulong>);
    }

    public static Delegate Find(DataViewType source, DataViewType target)
    {
        // A key becomes a key of the same count, or an unsigned number that can hold the count.
        if (target is KeyDataViewType to && (source as KeyDataViewType)?.Count != to.Count)
            return null;
        return _table.GetValueOrDefault((source.RawType, target.RawType));
    }

    public static ValueGetter<T> GetGetterAs<T>(DataViewRow row, DataViewSchema.Column column)
        => (ValueGetter<T>)GetGetterAs(row, column, ColumnTypes.FromRawType(typeof(T)));

    public static Delegate GetGetterAs(DataViewRow row, DataViewSchema.Column column, DataViewType item)
    {
        var from = column.Type.GetItemType();
        var convert = Find(from, item) ?? throw new InvalidOperationException($"No standard conversion from '{column.Type}' to '{item}'");
        return from.RawType == item.RawType
            ? Getters.Get(row, column) : Generic.Invoke<Delegate>(Make<int, int>, [from.RawType, item.RawType], row, column, convert);
    }

    private static Delegate Make<TSource, TTarget>(DataViewRow row, DataViewSchema.Column column, Delegate convert)
    {
        var converter = (Converter<TSource, TTarget>)convert;
        return Elementwise.MakeGetter(row, column, (TSource source, int slot) =>
        {
            TTarget target = default;
            converter(in source, ref target);
            return target;
        }, Layout.AsInput);
    }

    private static void Add<TSource, TTarget>(Converter<TSource, TTarget> convert)
        => _table.Add((typeof(TSource), typeof(TTarget)), convert);

    private static void AddSigned<T>() where T : struct, IBinaryInteger<T>
    {
        AddCast<T, sbyte>();
        AddCast<T, short>();
        AddCast<T, int>();
        AddCast<T, long>();
        AddFromNumber<T>(value => value.ToString(null, CultureInfo.InvariantCulture));
    }

    private static void AddUnsigned<T>() where T : struct, IBinaryInteger<T>
    {
        AddNarrowing<T, byte>();
        AddNarrowing<T, ushort>();
        AddNarrowing<T, uint>();
        AddNarrowing<T, ulong>();
        AddFromNumber<T>(value => value.ToString(null, CultureInfo.InvariantCulture));
    }

    private static void AddFromNumber<T>(Func<T, string> show) where T : struct, INumberBase<T>
    {
        AddCast<T, float>();
        AddCast<T, double>();
        Add((in T source, ref bool target) => target = source != T.Zero);
        Add((in T source, ref ReadOnlyMemory<char> target) => target = show(source).AsMemory());
    }

    private static void AddFromText<T>(Func<T> otherwise)
    {
        var parse = ValueParsers.Get<T>(ColumnTypes.FromRawType(typeof(T)), new TextLoader.Options());
        Add((in ReadOnlyMemory<char> source, ref T target) => target = parse(source, out var value) ? value : otherwise());
    }

    private static T Unreadable<T>() => throw new InvalidOperationException($"Value could not be parsed from text to {typeof(T).Name}.");
    private static void AddFromBoolean<T>() where T : struct, INumberBase<T>
        => Add((in bool source, ref T target) => target = source ? T.One : T.Zero);
    private static void AddCast<TSource, TTarget>() where TSource : struct, INumberBase<TSource>
        where TTarget : struct, INumberBase<TTarget>
        => Add((in TSource source, ref TTarget target) => target = TTarget.CreateTruncating(source));
    // An unsigned number that doesn't fit becomes 0, which in keys is "missing".
    private static void AddNarrowing<TSource, TTarget>() where TSource : struct, IBinaryInteger<TSource>
        where TTarget : struct, IBinaryInteger<TTarget> => Add((in TSource source, ref TTarget target) =>
        {
            var narrowed = TTarget.CreateTruncating(source);
            target = TSource.CreateTruncating(narrowed) == source ? narrowed : TTarget.Zero;
        });
}
