namespace Microsoft.ML.Transforms;

/// <summary>A statistic of each slot, or with one slot of all values; what sparse vectors leave out are zeros.</summary>
internal abstract class SlotStatistic(int slots)
{
    private readonly long[] _counts = new long[slots];
    private long _total;
    public void EndRow(int length) => _total += slots == 1 ? length : 1;

    public void Add(int slot, double value)
    {
        slot = slots == 1 ? 0 : slot;
        _counts[slot]++;
        Update(slot, value);
    }

    public double[] Finish() => [.. Enumerable.Range(0, slots).Select(slot => Finish(slot, _total, _total - _counts[slot]))];
    protected abstract void Update(int slot, double value);
    protected abstract double Finish(int slot, long total, long zeros);
}

/// <summary>The mean of the finite values; 0 without any.</summary>
internal sealed class MeanStatistic(int slots, IChannel channel) : SlotStatistic(slots)
{
    private readonly double[] _mean = new double[slots];
    private readonly long[] _nonZero = new long[slots];
    private readonly long[] _bad = new long[slots];

    protected override void Update(int slot, double value)
    {
        if (value == 0)
            return;
        if (!double.IsFinite(value))
        {
            _bad[slot]++;
            return;
        }
        double count = ++_nonZero[slot];
        // Of two signs the difference could overflow; which form is taken is part of the result.
        if ((_mean[slot] > 0) ^ (value > 0))
            _mean[slot] = _mean[slot] - _mean[slot] / count + value / count;
        else
            _mean[slot] += (value - _mean[slot]) / count;
    }

    protected override double Finish(int slot, long total, long zeros)
    {
        if (total != _bad[slot])
            return _mean[slot] * ((double)_nonZero[slot] / (total - _bad[slot]));
        channel.Warning(MessageSensitivity.None, "All values in this column are NAs, using default value for imputation");
        return 0;
    }
}

/// <summary>The least or the greatest value; an infinity without any.</summary>
internal sealed class ExtremeStatistic(int slots, bool greatest) : SlotStatistic(slots)
{
    private readonly SlotRange<double> _range = new(slots);
    protected override void Update(int slot, double value) => _range.Add(slot, value);
    protected override double Finish(int slot, long total, long zeros)
        => greatest ? _range.Finish(total).Greatest[slot] : _range.Finish(total).Least[slot];
}

/// <summary>The most frequent finite value that vectors store, of equally frequent ones the first to be it; 0 without any.</summary>
internal sealed class ModeStatistic(int slots) : SlotStatistic(slots)
{
    private readonly Dictionary<double, int>[] _counts = [.. Enumerable.Range(0, slots).Select(_ => new Dictionary<double, int>())];
    private readonly double[] _mode = new double[slots];

    protected override void Update(int slot, double value)
    {
        if (!double.IsFinite(value))
            return;
        int most = _counts[slot].GetValueOrDefault(_mode[slot]);
        int count = _counts[slot][value] = _counts[slot].GetValueOrDefault(value) + 1;
        if (count > most)
            _mode[slot] = value;
    }

    protected override double Finish(int slot, long total, long zeros) => _mode[slot];
}
