namespace Microsoft.ML.Transforms;

/// <summary>A statistic of a slot's values, or of all slots'.</summary>
internal abstract class SlotStatistic
{
    public abstract void Add(double value);
    /// <summary>The statistic, where of so many values those not added are zeros that sparse vectors leave out.</summary>
    public abstract double Finish(long total);
}

/// <summary>The mean of the finite values; 0 without any.</summary>
internal sealed class MeanStatistic(IChannel channel) : SlotStatistic
{
    private double _mean;
    private long _nonZero, _bad;

    public override void Add(double value)
    {
        if (value == 0)
            return;
        if (!double.IsFinite(value))
        {
            _bad++;
            return;
        }
        double count = ++_nonZero;
        // Of two signs the difference could overflow; which form is taken is part of the result.
        if ((_mean > 0) ^ (value > 0))
            _mean = _mean - _mean / count + value / count;
        else
            _mean += (value - _mean) / count;
    }

    public override double Finish(long total)
    {
        if (total != _bad)
            return _mean * ((double)_nonZero / (total - _bad));
        channel.Warning(MessageSensitivity.None, "All values in this column are NAs, using default value for imputation");
        return 0;
    }
}

/// <summary>The least or the greatest value; an infinity without any.</summary>
internal sealed class ExtremeStatistic(bool greatest) : SlotStatistic
{
    private readonly SlotRange<double> _range = new(1);
    public override void Add(double value) => _range.Add(0, value);
    public override double Finish(long total) => greatest ? _range.Finish(total).Greatest[0] : _range.Finish(total).Least[0];
}

/// <summary>The most frequent finite value that vectors store, of equally frequent ones the first to be it; 0 without any.</summary>
internal sealed class ModeStatistic : SlotStatistic
{
    private readonly Dictionary<double, int> _counts = [];
    private double _mode;

    public override void Add(double value)
    {
        if (!double.IsFinite(value))
            return;
        int most = _counts.GetValueOrDefault(_mode);
        int count = _counts[value] = _counts.GetValueOrDefault(value) + 1;
        if (count > most)
            _mode = value;
    }

    public override double Finish(long total) => _mode;
}
