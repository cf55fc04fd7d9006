namespace Microsoft.ML.Data;

/// <summary>A 128-bit identifier of a row.</summary>
public readonly struct DataViewRowId : IComparable<DataViewRowId>, IEquatable<DataViewRowId>
{
    // Constants of the public-domain MurmurHash3 (x64, 128 bits), whose mixing rounds are used here.
    private const ulong C1 = 0x87c37b91114253d5;
    private const ulong C2 = 0x4cf5ad432745937f;
    /// <summary>The lower 64 bits.</summary>
    public readonly ulong Low;
    /// <summary>The upper 64 bits.</summary>
    public readonly ulong High;
    /// <summary>An identifier of two halves.</summary>
    public DataViewRowId(ulong low, ulong high) => (Low, High) = (low, high);
    /// <summary>The identifier of a row made by splitting this one.</summary>
    public DataViewRowId Fork() => Round(Low, High, BitOperations.RotateLeft(C1, 31) * C2, 0);
    /// <summary>The identifier of the next row made of this one.</summary>
    public DataViewRowId Next() => Round(Low, High, 0, 0);

    /// <summary>The identifier of a row made of this row and <paramref name="other"/>.</summary>
    public DataViewRowId Combine(DataViewRowId other)
    {
        other = other.Fork();
        var low = BitOperations.RotateLeft(Low ^ BitOperations.RotateLeft(other.Low * C1, 31) * C2, 27);
        low = (low + High) * 5 + 0x52dce729;
        var high = BitOperations.RotateLeft(High ^ BitOperations.RotateLeft(other.High * C2, 33) * C1, 31);
        return new DataViewRowId(low, (high + low) * 5 + 0x38495ab5);
    }

    private static DataViewRowId Round(ulong low, ulong high, ulong flipLow, ulong flipHigh)
    {
        low = (BitOperations.RotateLeft(low, 27) + high) * 5 + 0x52dce729;
        high = (BitOperations.RotateLeft(high, 31) + low) * 5 + 0x38495ab5;
        return new DataViewRowId(low ^ flipLow, high ^ flipHigh);
    }

    /// <inheritdoc/>
    public int CompareTo(DataViewRowId other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);
    /// <inheritdoc/>
    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;
    /// <inheritdoc/>
    public override bool Equals(object obj) => obj is DataViewRowId other && Equals(other);
    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Low, High);
    /// <summary>32 hexadecimal digits, the upper half first.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");
}
