namespace Microsoft.ML.Transforms;

/// <summary>Gathers, row by row, what a normalizer is fitted from. A scalar column is a vector of one slot.</summary>
internal abstract class Collector
{
    public abstract void Add();
    public abstract NormalizeOperation Finish();
}

internal abstract class Collector<T> : Collector where T : struct, IFloatingPointIeee754<T>
{
    private readonly ValueGetter<VBuffer<T>> _getter;
    private VBuffer<T> _row;

    protected Collector(DataViewRow input, DataViewSchema.Column column)
    {
        Type = column.Type;
        Slots = Type.GetValueCount();
        _getter = Getters.AsVector<T>(input, column);
    }

    protected DataViewType Type { get; }
    protected int Slots { get; }
    protected long Rows { get; private set; }

    public override void Add()
    {
        _getter(ref _row);
        Contracts.Check(_row.Length == Slots, $"Normalizer expected {Slots} slots but got {_row.Length}");
        Rows++;
        Add(in _row);
    }

    protected abstract void Add(in VBuffer<T> row);
}

/// <summary>A collector that needs only each explicit value and its slot.</summary>
internal abstract class SlotCollector<T>(DataViewRow input, DataViewSchema.Column column) : Collector<T>(input, column)
    where T : struct, IFloatingPointIeee754<T>
{
    protected sealed override void Add(in VBuffer<T> row)
    {
        var values = row.GetValues();
        var indices = row.GetIndices();
        for (int i = 0; i < values.Length; i++)
            Add(row.IsDense ? i : indices[i], values[i]);
    }

    protected abstract void Add(int slot, T value);
    protected NormalizeOperation Affine(T[] scale, T[] offset)
        => new(Type, NormalizerKind.Affine, scale, Array.TrueForAll(offset, value => value == T.Zero) ? null : offset, false);
}

/// <summary>Each slot's least and greatest value, and the scaling that brings them to 0 and 1, or the larger one to ±1.</summary>
internal sealed class MinMaxCollector<T>(NormalizerOptions options, DataViewRow input, DataViewSchema.Column column)
    : SlotCollector<T>(input, column) where T : struct, IFloatingPointIeee754<T>
{
    private readonly SlotRange<T> _range = new(column.Type.GetValueCount());

    public override NormalizeOperation Finish()
    {
        var (least, greatest) = _range.Finish(Rows);
        // A constant slot tells nothing and becomes 0.
        T[] scale = [.. least.Zip(greatest, (low, high) => !(high > low) ? T.Zero
            : T.One / (options.FixZero ? T.Max(T.Abs(high), T.Abs(low)) : high - low))];
        return Affine(scale, [.. least.Zip(scale, (low, factor) => options.FixZero || factor == T.Zero ? T.Zero : low)]);
    }

    protected override void Add(int slot, T value) => _range.Add(slot, value);
}

/// <summary>The least and the greatest value of every slot, with the zeros that sparse vectors leave out.</summary>
internal sealed class SlotRange<T>(int slots) where T : struct, IFloatingPointIeee754<T>
{
    private readonly T[] _least = [.. Enumerable.Repeat(T.PositiveInfinity, slots)];
    private readonly T[] _greatest = [.. Enumerable.Repeat(T.NegativeInfinity, slots)];
    private readonly long[] _counts = new long[slots];

    public void Add(int slot, T value)
    {
        _counts[slot]++;
        Include(slot, value);
    }

    public (T[] Least, T[] Greatest) Finish(long rows)
    {
        for (int i = 0; i < _counts.Length; i++)
            if (_counts[i] < rows)
                Include(i, T.Zero);
        return (_least, _greatest);
    }

    private void Include(int slot, T value)
    {
        if (_greatest[slot] < value)
            _greatest[slot] = value;
        if (_least[slot] > value)
            _least[slot] = value;
    }
}

/// <summary>Each slot's mean and variance over the finite values (Welford); zeros are folded in at the end, unless of logarithms.</summary>
internal sealed class MeanVarianceCollector<T>(NormalizerOptions options, DataViewRow input, DataViewSchema.Column column)
    : SlotCollector<T>(input, column) where T : struct, IFloatingPointIeee754<T>
{
    private readonly bool _useLog = options.By == NormalizerOptions.Method.LogMeanVariance;
    private readonly (double Mean, double Squares, long Count, long Bad)[] _slots
        = new (double, double, long, long)[column.Type.GetValueCount()];

    public override NormalizeOperation Finish()
    {
        // ML.NET passes fixZero on for logarithms of Single columns only.
        bool fixZero = options.FixZero && (!_useLog || typeof(T) == typeof(float));
        var scale = new T[Slots];
        var offset = new T[Slots];
        for (int i = 0; i < Slots; i++)
        {
            ref var slot = ref _slots[i];
            long zeros = _useLog ? 0 : Rows - slot.Bad - slot.Count;
            if (zeros > 0)
            {
                slot.Count += zeros;
                double delta = -slot.Mean;
                slot.Mean += delta * zeros / slot.Count;
                slot.Squares += delta * -slot.Mean * zeros;
            }
            // A constant slot tells nothing and becomes 0.
            if (slot.Squares == 0)
                continue;
            double variance = slot.Squares / slot.Count;
            var deviation = T.CreateTruncating(Math.Sqrt(fixZero && !options.UseCdf ? variance + slot.Mean * slot.Mean : variance));
            scale[i] = options.UseCdf ? deviation : T.One / deviation;
            if (options.UseCdf || (!fixZero && scale[i] != T.Zero))
                offset[i] = T.CreateTruncating(slot.Mean);
        }
        return options.UseCdf ? new NormalizeOperation(Type, NormalizerKind.Cdf, offset, scale, _useLog) : Affine(scale, offset);
    }

    protected override void Add(int slot, T value)
    {
        if (value == T.Zero)
            return;
        if (_useLog)
            value = T.CreateTruncating(Math.Log(double.CreateChecked(value)));
        ref var state = ref _slots[slot];
        if (!T.IsFinite(value))
        {
            state.Bad++;
            return;
        }
        double number = double.CreateChecked(value);
        double delta = number - state.Mean;
        state.Mean += delta / ++state.Count;
        state.Squares += delta * (number - state.Mean);
    }
}
