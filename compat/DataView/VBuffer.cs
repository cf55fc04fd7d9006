namespace Microsoft.ML.Data;

/// <summary>A dense or sparse vector whose memory is reused from row to row: changed through <see cref="VBufferEditor"/> only.</summary>
public readonly struct VBuffer<T>
{
    private readonly T[] _values;
    private readonly int[] _indices;
    private readonly int _count;
    /// <summary>The logical length.</summary>
    public readonly int Length;
    /// <summary>A dense vector over <paramref name="values"/>; <paramref name="indices"/> is memory for later use.</summary>
    public VBuffer(int length, T[] values, int[] indices = null) : this(length, length, values, indices) { }

    /// <summary>A vector of <paramref name="count"/> explicit items, at ascending <paramref name="indices"/> unless dense.</summary>
    public VBuffer(int length, int count, T[] values, int[] indices)
    {
        Contracts.CheckParam(length >= 0, nameof(length));
        Contracts.CheckParam(0 <= count && count <= length, nameof(count));
        Contracts.CheckParam((values?.Length ?? 0) >= count, nameof(values));
        Contracts.CheckParam(count == length || (indices?.Length ?? 0) >= count, nameof(indices));
        (Length, _count, _values, _indices) = (length, count, values, indices);
    }

    /// <summary>Whether all items are explicit.</summary>
    public bool IsDense => _count == Length;
    /// <summary>The explicit items.</summary>
    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);
    /// <summary>The indices of the explicit items; empty for a dense vector.</summary>
    public ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    /// <summary>The item at <paramref name="index"/>, or the default where none is explicit.</summary>
    public T GetItemOrDefault(int index)
    {
        Contracts.CheckParam(0 <= index && index < Length, nameof(index));
        var i = IsDense ? index : GetIndices().BinarySearch(index);
        return i >= 0 ? _values[i] : default;
    }

    /// <summary>All items in order, implicit ones included.</summary>
    public IEnumerable<T> DenseValues()
    {
        for (int slot = 0, i = 0; slot < Length; slot++)
            yield return IsDense ? _values[slot] : i < _count && _indices[i] == slot ? _values[i++] : default;
    }

    /// <summary>Index and value of the explicit items, or with <paramref name="all"/> of every item.</summary>
    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false)
    {
        if (all)
            return DenseValues().Select((value, slot) => KeyValuePair.Create(slot, value));
        var (values, indices) = (_values, IsDense ? null : _indices);
        return Enumerable.Range(0, _count).Select(i => KeyValuePair.Create(indices == null ? i : indices[i], values[i]));
    }

    /// <summary>Copies the vector as it is.</summary>
    public void CopyTo(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length, _count);
        GetValues().CopyTo(editor.Values);
        GetIndices().CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    /// <summary>Copies <paramref name="length"/> items from <paramref name="sourceIndex"/> on.</summary>
    public void CopyTo(ref VBuffer<T> destination, int sourceIndex, int length)
    {
        Contracts.CheckParam(0 <= sourceIndex && sourceIndex <= Length, nameof(sourceIndex));
        Contracts.CheckParam(0 <= length && sourceIndex <= Length - length, nameof(length));
        var from = IsDense ? sourceIndex : LowerBound(sourceIndex);
        var count = IsDense ? length : LowerBound(sourceIndex + length) - from;
        var editor = VBufferEditor.Create(ref destination, length, count);
        _values.AsSpan(from, count).CopyTo(editor.Values);
        for (var i = 0; i < editor.Indices.Length; i++)
            editor.Indices[i] = _indices[from + i] - sourceIndex;
        destination = editor.Commit();
    }

    /// <summary>Copies all items to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<T> destination) => CopyTo(destination, 0);

    /// <summary>Copies all items to <paramref name="destination"/>, with <paramref name="defaultValue"/> for implicit ones.</summary>
    public void CopyTo(Span<T> destination, int destinationIndex, T defaultValue = default)
    {
        var fits = 0 <= destinationIndex && destinationIndex <= destination.Length - Length;
        Contracts.CheckParam(fits, nameof(destination), "It is too short for the items.");
        var target = destination.Slice(destinationIndex, Length);
        if (IsDense)
        {
            GetValues().CopyTo(target);
            return;
        }
        // ML.NET clears, whatever the default given, when nothing at all is explicit.
        target.Fill(_count == 0 ? default : defaultValue);
        for (var i = 0; i < _count; i++)
            target[_indices[i]] = _values[i];
    }

    /// <summary>Copies all items, implicit ones included, into a dense vector.</summary>
    public void CopyToDense(ref VBuffer<T> destination)
    {
        var editor = VBufferEditor.Create(ref destination, Length);
        CopyTo(editor.Values);
        destination = editor.Commit();
    }

    /// <summary>Makes <paramref name="destination"/> a dense copy of a part of an array.</summary>
    public static void Copy(T[] source, int sourceIndex, ref VBuffer<T> destination, int length)
    {
        var editor = VBufferEditor.Create(ref destination, length);
        source.AsSpan(sourceIndex, length).CopyTo(editor.Values);
        destination = editor.Commit();
    }

    /// <summary>The kind of vector and its size.</summary>
    public override string ToString()
        => IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {_count} explicit values";

    internal VBufferEditor<T> GetEditor(int length, int? valuesCount, int? maxCapacity, bool keepOld, bool indicesOnDense)
    {
        Contracts.CheckParam(length >= 0, "newLogicalLength", "It must not be negative.");
        Contracts.CheckParam(valuesCount is null or >= 0, nameof(valuesCount), "It must not be negative.");
        Contracts.CheckParam(valuesCount is null || valuesCount <= length, nameof(valuesCount), "It must not exceed the logical length.");
        var count = valuesCount ?? length;
        var (values, indices) = (_values, _indices);
        var newValues = EnsureSize(ref values, count, maxCapacity, keepOld);
        var newIndices = (count < length || indicesOnDense) && EnsureSize(ref indices, count, maxCapacity, keepOld);
        return new VBufferEditor<T>(length, count, values, indices, indicesOnDense, newValues, newIndices);
    }

    private int LowerBound(int index)
    {
        var i = _indices.AsSpan(0, _count).BinarySearch(index);
        return i >= 0 ? i : ~i;
    }

    private static bool EnsureSize<TItem>(ref TItem[] array, int size, int? maxCapacity, bool keepOld)
    {
        var old = array?.Length ?? 0;
        if (old >= size)
            return false;
        var capacity = Math.Max(size, (int)Math.Min(maxCapacity ?? Array.MaxLength, Math.Max(4, 2L * old)));
        if (keepOld)
            Array.Resize(ref array, capacity);
        else
            array = new TItem[capacity];
        return true;
    }
}

/// <summary>Makes editors, which fill a <see cref="VBuffer{T}"/> while reusing its memory.</summary>
public static class VBufferEditor
{
    /// <summary>An editor of the vector as it is.</summary>
    public static VBufferEditor<T> CreateFromBuffer<T>(scoped ref VBuffer<T> destination) 
        => destination.GetEditor(destination.Length, destination.GetValues().Length, null, false, false);

    /// <summary>An editor of <paramref name="newLogicalLength"/> items, dense unless <paramref name="valuesCount"/> is less.</summary>
    public static VBufferEditor<T> Create<T>(
        scoped ref VBuffer<T> destination, int newLogicalLength, int? valuesCount = null, int? maxValuesCapacity = null,
        bool keepOldOnResize = false, bool requireIndicesOnDense = false)
        => destination.GetEditor(newLogicalLength, valuesCount, maxValuesCapacity, keepOldOnResize, requireIndicesOnDense);
}

/// <summary>The memory of a vector under construction: fill it, then commit.</summary>
public readonly ref struct VBufferEditor<T>
{
    private readonly int _length;
    private readonly T[] _values;
    private readonly int[] _indices;
    /// <summary>The explicit items, to be written.</summary>
    public readonly Span<T> Values;
    /// <summary>The items' indices, to be written in ascending order; empty for a dense vector.</summary>
    public readonly Span<int> Indices;

    internal VBufferEditor(int length, int count, T[] values, int[] indices, bool indicesOnDense, bool newValues, bool newIndices)
    {
        (_length, _values, _indices) = (length, values, indices);
        Values = values.AsSpan(0, count);
        Indices = count < length || indicesOnDense ? indices.AsSpan(0, count) : default;
        (CreatedNewValues, CreatedNewIndices) = (newValues, newIndices);
    }

    /// <summary>Whether <see cref="Values"/> is new memory, without what the vector held.</summary>
    public bool CreatedNewValues { get; }
    /// <summary>Whether <see cref="Indices"/> is new memory, without what the vector held.</summary>
    public bool CreatedNewIndices { get; }
    /// <summary>The finished vector.</summary>
    public VBuffer<T> Commit() => new(_length, Values.Length, _values, _indices);

    /// <summary>The finished vector, with the first <paramref name="physicalValuesCount"/> explicit items only.</summary>
    public VBuffer<T> CommitTruncated(int physicalValuesCount)
    {
        Contracts.CheckParam(physicalValuesCount <= Values.Length, nameof(physicalValuesCount),
            "It exceeds the number that the editor was made for.");
        return new VBuffer<T>(_length, physicalValuesCount, _values, _indices);
    }
}
