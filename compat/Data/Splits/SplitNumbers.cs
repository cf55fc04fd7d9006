namespace Microsoft.ML.Data;

/// <summary>The number between 0 and 1 by which a row falls into a part: drawn at random, or made from its sampling key.</summary>
internal sealed class SplitNumbers
{
    private const uint DefaultDrawSeed = 42;
    private const uint DefaultHashSeed = 314489979;
    private const int HashBits = 30;
    private readonly DataViewSchema.Column[] _inputs = [];
    private readonly Func<DataViewRowCursor, Func<double>> _makeReader;

    public SplitNumbers(IDataView data, string samplingKeyColumn, int? seed)
    {
        if (samplingKeyColumn == null)
        {
            _makeReader = cursor => Draw(cursor, (uint?)seed ?? DefaultDrawSeed);
            return;
        }
        var column = data.Schema.GetColumnOrNull(samplingKeyColumn)
            ?? throw Contracts.MissingColumn("samplingKeyColumn", "SamplingKeyColumn", samplingKeyColumn);
        _inputs = [column];
        _makeReader = column.Type is KeyDataViewType key ? cursor => ReadKeys(cursor, column, key.Count)
            : column.Type.RawType == typeof(float) ? Scale<float>(data, column)
            : column.Type.RawType == typeof(double) ? Scale<double>(data, column)
            : cursor => ReadHashes(cursor, column, (uint?)seed ?? DefaultHashSeed);
    }

    /// <summary>The rows whose number lies in an interval, or those outside.</summary>
    // Numbers drawn row by row belong to the rows in their own order.
    public RowFilter Filter(IDataView data, double from, double to, bool includeTo, bool outside)
        => new(data, _inputs, canShuffle: _inputs.Length > 0, cursor =>
        {
            var next = _makeReader(cursor);
            return () =>
            {
                // NaN is neither inside nor outside: such a row is lost, as in ML.NET.
                var x = next();
                return outside ? from > x || (includeTo ? x > to : x >= to) : from <= x && (includeTo ? x <= to : x < to);
            };
        });

    private static Func<double> Draw(DataViewRowCursor cursor, uint seed)
    {
        var random = TauswortheRandom.Create((int)seed);
        var (drawn, value) = (-1L, 0f);
        return () =>
        {
            for (; drawn < cursor.Position; drawn++)
                value = random.NextSingle();
            return value;
        };
    }

    private static Func<double> ReadHashes(DataViewRowCursor cursor, DataViewSchema.Column column, uint seed)
    {
        var read = RowHash.MakeReader(cursor, column, seed, HashBits);
        return () => FromKey(read(), 1ul << HashBits);
    }

    private static Func<double> ReadKeys(DataViewRowCursor cursor, DataViewSchema.Column column, ulong count)
    {
        var read = Getters.AsFunction(Conversions.GetGetterAs<ulong>(cursor, column));
        return () => FromKey(read(), count);
    }

    private static double FromKey(ulong key, ulong count) => key == 0 || key > count ? double.NaN : ((uint)key - 0.5) / count;

    private static Func<DataViewRowCursor, Func<double>> Scale<T>(IDataView data, DataViewSchema.Column column)
        where T : IFloatingPointIeee754<T>
    {
        var (least, greatest) = (T.PositiveInfinity, T.NegativeInfinity);
        foreach (var value in data.GetColumn<T>(column.Name))
            (least, greatest) = (value < least ? value : least, value > greatest ? value : greatest);
        var scale = greatest > least ? T.One / (greatest - least) : T.Zero;
        var offset = scale == T.Zero ? T.Zero : least;
        return cursor =>
        {
            var read = Getters.AsFunction(cursor.GetGetter<T>(column));
            return () => double.CreateTruncating((read() - offset) * scale);
        };
    }
}
