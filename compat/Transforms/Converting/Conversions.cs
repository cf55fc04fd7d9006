namespace Microsoft.ML.Runtime;

/// <summary>The standard conversions between scalar types.</summary>
internal static class Conversions
{
    private static readonly Dictionary<(Type Source, Type Target), Delegate> _table = [];

    static Conversions()
    {
        foreach (var type in new[] { typeof(sbyte), typeof(short), typeof(int), typeof(long) })
            Generic.Invoke<object>(AddSigned<int>, type);
        foreach (var type in new[] { typeof(byte), typeof(ushort), typeof(uint), typeof(ulong) })
            Generic.Invoke<object>(AddUnsigned<int>, type);
        AddReal("G7", float.NaN);
        AddReal("G17", double.NaN);
        Add((bool x) => x);
        Add((bool x) => x.ToString().AsMemory());
        Add((ReadOnlyMemory<char> x) => x);
        AddParsed(() => false);
        AddParsed(() => default(DateTime));
        Add((DateTime x) => x);
        Add((DateTime x) => x.Ticks);
        Add((DateTime x) => (float)x.Ticks);
        Add((DateTime x) => (double)x.Ticks);
        Add((DateTime x) => x.ToString("o", CultureInfo.InvariantCulture).AsMemory());
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

    private static Delegate Make<TSource, TTarget>(DataViewRow row, DataViewSchema.Column column, Func<TSource, TTarget> convert)
        => Elementwise.MakeGetter(row, column, (TSource source, int slot) => convert(source), Layout.AsInput);
    private static void Add<TSource, TTarget>(Func<TSource, TTarget> convert) => _table.Add((typeof(TSource), typeof(TTarget)), convert);

    private static void AddSigned<T>() where T : struct, IBinaryInteger<T>
    {
        Add<T, sbyte>(sbyte.CreateTruncating);
        Add<T, short>(short.CreateTruncating);
        Add<T, int>(int.CreateTruncating);
        Add<T, long>(long.CreateTruncating);
        Add((bool x) => x ? T.One : T.Zero);
        AddNumber<T>(null, () => throw new InvalidOperationException($"Value could not be parsed from text to {typeof(T).Name}."));
    }

    private static void AddUnsigned<T>() where T : struct, IBinaryInteger<T>
    {
        Add<T, byte>(Narrow<T, byte>);
        Add<T, ushort>(Narrow<T, ushort>);
        Add<T, uint>(Narrow<T, uint>);
        Add<T, ulong>(Narrow<T, ulong>);
        AddNumber(null, () => T.Zero);
    }

    private static void AddReal<T>(string format, T notANumber) where T : struct, INumberBase<T>
    {
        Add((bool x) => x ? T.One : T.Zero);
        AddNumber(format, () => notANumber);
    }

    private static void AddNumber<T>(string format, Func<T> unreadable) where T : struct, INumberBase<T>
    {
        Add<T, float>(float.CreateTruncating);
        Add<T, double>(double.CreateTruncating);
        Add((T x) => x != T.Zero);
        Add((T x) => x.ToString(format, CultureInfo.InvariantCulture).AsMemory());
        AddParsed(unreadable);
    }

    private static void AddParsed<T>(Func<T> unreadable)
    {
        var parse = ValueParsers.Get<T>(ColumnTypes.FromRawType(typeof(T)), new TextLoader.Options());
        Add((ReadOnlyMemory<char> x) => parse(x, out var value) ? value : unreadable());
    }

    // An unsigned number that doesn't fit becomes 0, which in keys is "missing".
    private static TTarget Narrow<TSource, TTarget>(TSource source)
        where TSource : struct, IBinaryInteger<TSource> where TTarget : struct, IBinaryInteger<TTarget>
        => TTarget.CreateTruncating(source) is var narrowed && TSource.CreateTruncating(narrowed) == source ? narrowed : TTarget.Zero;
}
