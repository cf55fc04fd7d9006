namespace MlNetShallowNet.Engine;

/// <summary>
/// Whether short steps are shared among threads or done by one, found out by trying both now and then. On one machine two threads halve the
/// time of a step; on another, or on the same a minute later, their cores pass data to each other so slowly that one is faster alone. What
/// is computed does not depend on it.
/// </summary>
internal sealed class SharingTrial
{
    // So many steps of either kind are timed in a period; the best of them counts, as others may have been interrupted.
    private const int Tries = 8, Period = 1024;

    // What takes longer is worth sharing on any machine.
    private static readonly double _longStep = Stopwatch.Frequency / 1000.0;

    private double _shared = double.MaxValue;
    private double _alone = double.MaxValue;
    private int _steps;

    /// <summary>Whether one thread does the next step.</summary>
    public bool IsAlone { get; private set; }

    /// <summary>Says how long a step took that was done as <see cref="IsAlone"/> had it.</summary>
    /// <param name="ticks">Of the stopwatch.</param>
    /// <param name="rows">How many rows it was over.</param>
    public void Add(long ticks, int rows)
    {
        ref double best = ref IsAlone ? ref _alone : ref _shared;
        best = Math.Min(best, (double)ticks / rows);
        _steps++;
        if (_steps == Tries)
            IsAlone = _shared * rows < _longStep;
        else if (_steps == 2 * Tries)
            IsAlone = _alone < _shared;
        else if (_steps == Period)
            (_steps, IsAlone, _shared, _alone) = (0, false, double.MaxValue, double.MaxValue);
    }
}
