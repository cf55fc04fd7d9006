namespace MlNetShallowNet.Training;

/// <summary>
/// The state of a training on its way to a checkpoint or back. The same calls in the same order write it and read it, so the two ways cannot
/// differ: each call is given what there is now, and gives back what there is then, which when writing is the same.
/// </summary>
internal abstract class StateExchange
{
    private const int Piece = 1 << 16;

    /// <summary>Whether the state comes from a checkpoint.</summary>
    public abstract bool IsReading { get; }

    /// <summary>Bytes that are still to be read.</summary>
    protected abstract long Remaining { get; }

    /// <summary>A number.</summary>
    public T Value<T>(T value) where T : unmanaged
    {
        Exchange(MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    /// <summary>Numbers of which there are as many at any time.</summary>
    public void Fixed<T>(Span<T> values) where T : unmanaged
    {
        Check(Value((long)values.Length) == values.Length);
        ExchangeAll(values);
    }

    /// <summary>Numbers of which there may be any number.</summary>
    public T[] Array<T>(T[] values) where T : unmanaged
    {
        int length = Count(values.Length, Unsafe.SizeOf<T>());
        T[] array = IsReading ? new T[length] : values;
        ExchangeAll(array.AsSpan());
        return array;
    }

    /// <summary>How many things of at least so many bytes follow: no more than there is room for in what is still to be read.</summary>
    public int Count(int count, int leastBytes)
    {
        count = Value(count);
        Check(count >= 0 && (long)count * leastBytes <= Remaining);
        return count;
    }

    /// <summary>Says what must hold of a state that was read.</summary>
    /// <exception cref="InvalidDataException">It does not.</exception>
    public void Check(bool holds)
    {
        if (IsReading && !holds)
            throw new InvalidDataException("its numbers do not fit this training.");
    }

    // Piece by piece: the bytes of a long array are more than a span can hold.
    private void ExchangeAll<T>(Span<T> values) where T : unmanaged
    {
        for (; values.Length > 0; values = values[Math.Min(values.Length, Piece)..])
            Exchange(MemoryMarshal.AsBytes(values[..Math.Min(values.Length, Piece)]));
    }

    /// <summary>Writes the bytes, or reads so many.</summary>
    protected abstract void Exchange(Span<byte> bytes);
}
