namespace Microsoft.ML.Transforms;

/// <summary>Each slot's values, for bins of equal density.</summary>
internal sealed class BinCollector<T>(NormalizerOptions options, DataViewRow input, DataViewSchema.Column column)
    : SlotCollector<T>(input, column) where T : struct, IFloatingPointIeee754<T>
{
    private readonly List<T>[] _values = [.. Enumerable.Range(0, column.Type.GetValueCount()).Select(_ => new List<T>())];
    public override NormalizeOperation Finish() => new(Type, NormalizerKind.Bin, Array.ConvertAll(_values, Bounds), null, options.FixZero);
    protected override void Add(int slot, T value) => _values[slot].Add(value);

    private T[] Bounds(List<T> values)
    {
        int zeros = checked((int)(Rows - values.Count));
        values.RemoveAll(T.IsNaN);
        return EqualDensityBins.Find(options.MaximumBinCount, values, zeros);
    }
}

/// <summary>Each slot's values with the labels, for bins that tell most about the label. Rows with a NaN anywhere are left out.</summary>
internal sealed class SupervisedBinCollector<T>(NormalizerOptions options, DataViewRow input, DataViewSchema.Column column)
    : Collector<T>(input, column) where T : struct, IFloatingPointIeee754<T>
{
    private readonly (Func<int> Next, int Classes) _label = Label(input, input.Schema[options.Label]);
    private readonly List<int> _labels = [];
    private readonly List<T>[] _values = [.. Enumerable.Range(0, column.Type.GetValueCount()).Select(_ => new List<T>())];
    public override NormalizeOperation Finish() => new(Type, NormalizerKind.Bin, _values.Select(values => SupervisedBins.Find(
        options.MaximumBinCount, options.MinimumBinSize, _label.Classes, values, _labels)).ToArray(), null, options.FixZero);

    protected override void Add(in VBuffer<T> row)
    {
        int label = _label.Next();
        if (label < 0 || row.DenseValues().Any(T.IsNaN))
            return;
        _labels.Add(label);
        int slot = 0;
        foreach (var value in row.DenseValues())
            _values[slot++].Add(value);
    }

    // The class of a row: of a key its number from 0, of a number whether it is positive; -1 where it is missing.
    private static (Func<int>, int) Label(DataViewRow input, DataViewSchema.Column column)
    {
        bool isKey = column.Type is KeyDataViewType;
        int classes = column.Type is KeyDataViewType key ? checked((int)key.Count) : 2;
        var read = Getters.AsFunction(Conversions.GetGetterAs<double>(input, column));
        return (() => (isKey, read()) switch
        {
            (true, var key) => key <= classes ? (int)key - 1 : -1,
            (false, var number) => number > 0 ? 1 : number <= 0 ? 0 : -1,
        }, classes);
    }
}

/// <summary>Each slot's range and running median; scaling is by the share of the range that lies between two quantiles.</summary>
internal sealed class RobustCollector<T>(NormalizerOptions options, DataViewRow input, DataViewSchema.Column column)
    : Collector<T>(input, column) where T : struct, IFloatingPointIeee754<T>
{
    private readonly SlotRange<T> _range = new(column.Type.GetValueCount());
    private readonly RunningMedian<T>[] _medians
        = [.. Enumerable.Range(0, column.Type.GetValueCount()).Select(_ => new RunningMedian<T>())];

    public override NormalizeOperation Finish()
    {
        var (least, greatest) = _range.Finish(Rows);
        var share = T.CreateChecked(options.Share);
        var scale = least.Select((low, i) => T.One / ((greatest[i] - low) * share)).ToArray();
        return new NormalizeOperation(
            Type, NormalizerKind.Affine, scale, options.CenterData ? Array.ConvertAll(_medians, median => median.Value) : null, false);
    }

    protected override void Add(in VBuffer<T> row)
    {
        // As in ML.NET, every slot's value has to be explicit: a sparse vector ends in an IndexOutOfRangeException.
        var values = row.GetValues();
        for (int slot = 0; slot < Slots; slot++)
        {
            _range.Add(slot, values[slot]);
            _medians[slot].Add(values[slot]);
        }
    }
}

/// <summary>The median so far, from one heap of the values below it and one of those above; a NaN is taken for a high value.</summary>
internal sealed class RunningMedian<T> where T : struct, IFloatingPointIeee754<T>
{
    private readonly BinaryHeap<T> _below = new((a, b) => a.CompareTo(b) < 0);
    private readonly BinaryHeap<T> _above = new((a, b) => a.CompareTo(b) > 0);
    public T Value { get; private set; }

    public void Add(T value)
    {
        bool low = value < Value;
        int more = _below.Count.CompareTo(_above.Count);
        if (more < 0 && !low)
            _below.Add(_above.Pop());
        else if (more > 0 && low)
            _above.Add(_below.Pop());
        (low ? _below : _above).Add(value);
        Value = more == 0 ? (low ? _below : _above).Top : (_above.Top + _below.Top) / T.CreateChecked(2);
    }
}

/// <summary>A heap with its greatest item on top; <c>moved</c> is told where an item now is, and 0 when it has left.</summary>
// Which of two equal items comes first decides where bin bounds fall, so the order of the comparisons is ML.NET's.
internal sealed class BinaryHeap<T>(Func<T, T, bool> less, Action<T, int> moved = null)
{
    // Item 0 is not used: the children of item i are 2i and 2i + 1.
    private readonly List<T> _items = [default];
    public int Count => _items.Count - 1;
    public T Top => _items[1];

    public void Add(T item)
    {
        int at = _items.Count;
        _items.Add(item);
        for (int parent; (parent = at >> 1) > 0 && less(_items[parent], item); at = parent)
            Place(_items[parent], at);
        Place(item, at);
    }

    public T Pop()
    {
        var top = Top;
        RemoveAt(1);
        return top;
    }

    public void RemoveAt(int at)
    {
        var removed = _items[at];
        var last = _items[^1];
        _items.RemoveAt(_items.Count - 1);
        if (at < _items.Count)
            Sink(last, at);
        moved?.Invoke(removed, 0);
    }

    private void Sink(T item, int at)
    {
        for (int child; (child = 2 * at) < _items.Count; at = child)
        {
            if (child + 1 < _items.Count && less(_items[child], _items[child + 1]))
                child++;
            if (!less(item, _items[child]))
                break;
            Place(_items[child], at);
        }
        Place(item, at);
    }

    private void Place(T item, int at)
    {
        _items[at] = item;
        moved?.Invoke(item, at);
    }
}
