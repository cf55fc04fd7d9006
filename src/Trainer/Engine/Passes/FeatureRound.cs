namespace MlNetShallowNet.Engine;

/// <summary>A round over some neighbouring features, a few in each step, that takes no more than a number of steps.</summary>
internal sealed class FeatureRound
{
    private readonly int _from;
    private readonly int _end;
    private int _next;

    public FeatureRound(int from, int end, int longest)
    {
        (_from, _end, _next) = (from, end, from);
        Size = (end - from) / longest + 1;
    }

    /// <summary>The most features in a step.</summary>
    public int Size { get; }

    /// <summary>Begins anew.</summary>
    public void Begin() => _next = _from;

    /// <summary>The features whose turn it is: the first, and the first after them.</summary>
    public (int From, int End) Next()
    {
        int first = _next, past = Math.Min(first + Size, _end);
        _next = past < _end ? past : _from;
        return (first, past);
    }
}
