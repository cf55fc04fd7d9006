namespace Microsoft.ML.Data;

/// <summary>ML.NET's hashes of column values, as keys: 0 for a missing value, else the hash's lowest bits and one more.</summary>
internal static class RowHash
{
    public static Func<uint> MakeReader(DataViewRow row, DataViewSchema.Column column, uint seed, int bits)
        => Generic.Invoke<Func<uint>>(MakeReader<int>, column.Type.GetItemType().RawType, row, column, seed, (1u << bits) - 1);
    public static uint Hash<T>(T value, uint seed, uint mask) => (Finish<T>(Round(seed, value), 1) & mask) + 1;

    private static Func<uint> MakeReader<T>(DataViewRow row, DataViewSchema.Column column, uint seed, uint mask)
    {
        var (getter, isMissing) = (Getters.AsVector<T>(row, column), MissingValues.Predicate<T>(column.Type.GetItemType()));
        VBuffer<T> vector = default;
        return () =>
        {
            getter(ref vector);
            return vector.DenseValues().Any(isMissing) ? 0
                : (Finish<T>(vector.DenseValues().Aggregate(seed, Round), vector.Length) & mask) + 1;
        };
    }

    private static uint Round<T>(uint hash, T value) => value switch
    {
        // Text is hashed whole, finish included.
        ReadOnlyMemory<char> x => Murmur.HashText(hash, x.Span.Trim(' ')),
        float x => Murmur.Round(hash, BitConverter.SingleToUInt32Bits(x == 0 ? 0 : x)),
        double x => Round64(hash, BitConverter.DoubleToUInt64Bits(x == 0 ? 0 : x)),
        long x => Round64(hash, (ulong)x),
        ulong x => Round64(hash, x),
        DateTime x => Round64(hash, (ulong)x.Ticks),
        _ => Murmur.Round(hash, (uint)Convert.ToInt64(value, CultureInfo.InvariantCulture)),
    };

    private static uint Round64(uint hash, ulong value) => Murmur.Round(Murmur.Round(hash, (uint)value), (uint)(value >> 32));

    private static uint Finish<T>(uint hash, int count)
        => typeof(T) == typeof(ReadOnlyMemory<char>) ? hash
            : Murmur.Mix(hash, count * (default(T) is double or long or ulong or DateTime ? sizeof(ulong) : sizeof(uint)));
}
