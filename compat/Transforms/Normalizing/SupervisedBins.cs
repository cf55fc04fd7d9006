namespace Microsoft.ML.Transforms;

/// <summary>Splits intervals in two for as long as that shortens the description of the labels.</summary>
// Fayyad and Irani, "Multi-Interval Discretization of Continuous-Valued Attributes for Classification Learning", 1993.
internal sealed class SupervisedBins
{
    private readonly int _classes;
    private readonly int _minimumBinSize;
    private readonly List<int[]> _upTo = [];
    private SupervisedBins(int classes, int minimumBinSize) => (_classes, _minimumBinSize) = (classes, minimumBinSize);

    public static T[] Find<T>(int maximum, int minimumBinSize, int classes, List<T> values, List<int> labels)
        where T : struct, IFloatingPointIeee754<T>
    {
        var finder = new SupervisedBins(classes, minimumBinSize);
        var distinct = new List<T>();
        foreach (var (value, label) in values.Zip(labels).OrderBy(pair => pair.First))
        {
            if (distinct.Count == 0 || value > distinct[^1])
            {
                distinct.Add(value);
                finder._upTo.Add(finder._upTo.Count == 0 ? new int[classes + 1] : [.. finder._upTo[^1]]);
            }
            finder._upTo[^1][label]++;
            finder._upTo[^1][classes]++;
        }
        var ends = finder.Split(maximum);
        return [.. ends.SkipLast(1).Select(end => EqualDensityBins.Between(distinct[end - 1], distinct[end])), T.PositiveInfinity];
    }

    private int[] Split(int maximum)
    {
        if (_upTo.Count == 0)
            return [0];
        var intervals = new BinaryHeap<Interval>((a, b) => a.Gain < b.Gain);
        intervals.Add(Best(0, _upTo.Count));
        while (intervals.Count < maximum && intervals.Top.Gain > 0)
        {
            var widest = intervals.Pop();
            bool last = intervals.Count == maximum - 1;
            intervals.Add(last ? new Interval(widest.From, widest.At, -1, 0) : Best(widest.From, widest.At));
            intervals.Add(last ? new Interval(widest.At, widest.To, -1, 0) : Best(widest.At, widest.To));
        }
        var ends = new int[intervals.Count];
        for (int i = 0; i < ends.Length; i++)
            ends[i] = intervals.Pop().To;
        Array.Sort(ends);
        return ends;
    }

    private Interval Best(int from, int to)
    {
        var best = new Interval(from, to, -1, 0);
        double entropy = Entropy(from, to, out int count);
        if (count < _minimumBinSize || entropy <= 0)
            return best;
        double logSize = Math.Log(to - from);
        for (int at = from + 1; at < to; at++)
        {
            double left = Entropy(from, at, out int leftCount);
            double right = Entropy(at, to, out int rightCount);
            double cost = logSize - _classes * (entropy - left - right);
            double gain = count * entropy - leftCount * left - rightCount * right - cost;
            if (gain > best.Gain)
                best = new Interval(from, to, gain, at);
        }
        return best;
    }

    private double Entropy(int from, int to, out int count)
    {
        count = Count(from, to, _classes);
        double entropy = 0;
        for (int i = 0; i < _classes; i++)
        {
            int some = Count(from, to, i);
            if (some == 0 || some == count)
                continue;
            double p = (double)some / count;
            entropy -= p * Math.Log(p);
        }
        return entropy;
    }

    private int Count(int from, int to, int label) => _upTo[to - 1][label] - (from > 0 ? _upTo[from - 1][label] : 0);
    private readonly record struct Interval(int From, int To, double Gain, int At);
}
