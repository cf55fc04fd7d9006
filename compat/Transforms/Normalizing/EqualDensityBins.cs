namespace Microsoft.ML.Transforms;

/// <summary>Finds the upper bounds of bins that hold about as many values each.</summary>
// Cuts are placed one by one where they split the most, and then moved, the best move first, while that makes the counts more even.
internal sealed class EqualDensityBins
{
    private readonly int _binCount;
    private readonly int[] _below;
    private readonly int[] _cuts;
    private readonly float _meanBinSize;

    private EqualDensityBins(int[] counts, int binCount)
    {
        _binCount = binCount;
        _cuts = new int[binCount + 1];
        _below = new int[counts.Length + 1];
        for (int i = 0; i < counts.Length; i++)
            _below[i + 1] = _below[i] + counts[i];
        _meanBinSize = (float)_below[^1] / binCount;
    }

    // The upper bounds, ascending, the last one infinite; zeros are counted besides the values.
    public static T[] Find<T>(int maximum, List<T> values, int zeros) where T : struct, IFloatingPointIeee754<T>
    {
        var counts = values.CountBy(value => value).ToDictionary();
        if (zeros > 0)
            counts[T.Zero] = counts.GetValueOrDefault(T.Zero) + zeros;
        T[] distinct = [.. counts.Keys.Order()];
        var cuts = distinct.Length <= maximum ? Enumerable.Range(0, distinct.Length + 1)
            : new EqualDensityBins([.. distinct.Select(value => counts[value])], maximum).Place();
        return [.. cuts.Skip(1).SkipLast(1).Select(at => Between(distinct[at - 1], distinct[at])), T.PositiveInfinity];
    }

    // A bound with low below it and high not: the midpoint, unless rounding forbids it.
    public static T Between<T>(T low, T high) where T : struct, IFloatingPointIeee754<T>
    {
        var (two, least, greatest) = (T.CreateChecked(2), T.BitIncrement(T.NegativeInfinity), T.BitDecrement(T.PositiveInfinity));
        var middle = T.Max(low, least) / two + T.Min(high, greatest) / two;
        return low < middle ? middle : high;
    }

    private int[] Place()
    {
        var segments = new BinaryHeap<Segment>((a, b) => a.Gain < b.Gain);
        segments.Add(Split(0, _below.Length - 1));
        for (int i = 1; i < _binCount; i++)
        {
            var widest = segments.Pop();
            _cuts[i] = widest.At;
            if (widest.From < widest.At - 1)
                segments.Add(Split(widest.From, widest.At));
            if (widest.At < widest.To - 1)
                segments.Add(Split(widest.At, widest.To));
        }
        _cuts[_binCount] = _below.Length - 1;
        Array.Sort(_cuts);
        Even();
        return _cuts;
    }

    private void Even()
    {
        var moves = new Move[_binCount];
        var heap = new BinaryHeap<Move>((a, b) => a.Gain < b.Gain, (move, at) => move.InHeap = at);
        for (int i = 1; i < _binCount; i++)
            Consider(moves[i] = new Move(i));
        while (heap.Count > 0)
        {
            var best = heap.Pop();
            _cuts[best.Cut] = best.At;
            if (best.Cut > 1)
                Consider(moves[best.Cut - 1]);
            if (best.Cut < _binCount - 1)
                Consider(moves[best.Cut + 1]);
        }

        void Consider(Move move)
        {
            if (move.InHeap > 0)
                heap.RemoveAt(move.InHeap);
            int from = _cuts[move.Cut - 1], to = _cuts[move.Cut + 1];
            var segment = Split(from, to, move.Cut);
            if (segment.At == _cuts[move.Cut])
                return;
            move.At = segment.At;
            move.Gain = segment.Gain - Gain(from, _cuts[move.Cut], to);
            heap.Add(move);
        }
    }

    // The best place for a cut between two others; of two equal ones, the one nearer to where the cut of that number ideally is.
    private Segment Split(int from, int to, int cut = 0)
    {
        int key = (int)((uint)(_below[from] + _below[to]) / 2);
        int found = Array.BinarySearch(_below, from, to - from, key), at = found >= 0 ? found : ~found;
        if (at == from || at == to)
        {
            at += at == from ? 1 : -1;
            return new Segment(from, at, to, Gain(from, at, to));
        }
        long gain = Gain(from, at, to);
        int next = at < to - 1 && Gain(from, at + 1, to) >= gain ? at + 1 : at > from + 1 && Gain(from, at - 1, to) >= gain ? at - 1 : at;
        long nextGain = Gain(from, next, to);
        return nextGain > gain || (next != at && IsNearer(next, at, cut)) ? new Segment(from, next, to, nextGain)
            : new Segment(from, at, to, gain);
    }

    private bool IsNearer(int candidate, int than, int cut)
    {
        float ideal = _meanBinSize * cut;
        return cut > 0 && Math.Abs(_below[candidate] - ideal) < Math.Abs(_below[than] - ideal);
    }

    // Splitting x + y values into x and y lowers the sum of squared bin sizes by 2 x y.
    private long Gain(int from, int at, int to) => (long)(_below[to] - _below[at]) * (_below[at] - _below[from]);

    private readonly record struct Segment(int From, int At, int To, long Gain);

    private sealed class Move(int cut)
    {
        public int Cut => cut;
        public int At, InHeap;
        public long Gain;
    }
}
