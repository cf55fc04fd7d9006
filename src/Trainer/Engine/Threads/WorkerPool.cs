using System.Runtime.ExceptionServices;

namespace MlNetShallowNet.Engine;

/// <summary>
/// The caller's thread and a few helpers that share a loop of work items. Helpers wait for the next loop spinning, for a step is shorter
/// than waking a thread takes; after a while without work they sleep. Nobody waits for a helper that comes late, only for one that has
/// begun. On a machine that is busy with other things, where helpers are interrupted in the midst of an item, the caller works alone for a
/// while: what is computed does not depend on it. Each thread begins with a share of the items that is the same in every loop, so that what
/// it works on stays in its core's caches, and then helps with the others' shares. Nothing is allocated per loop.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    private const int SpinsBeforeYield = 2_000, YieldsBeforeSleep = 200;
    private const int Line = 64 / sizeof(int);

    // The state counts the helpers at work in its low bits; above it says whether helpers may join, and above that it numbers the loops.
    private const long Open = 1L << 16, NextLoop = 1L << 17, Helpers = Open - 1;

    // An interrupted helper keeps the caller waiting longer than this, and much longer than the loop took.
    private static readonly long _interruption = Stopwatch.Frequency / 20_000;

    private readonly Thread[] _helpers;
    private readonly object _sleep = new();
    private Action<int, int>? _work;
    private readonly int[] _next; // for each share the next item, each in a cache line of its own
    private int _items;
    private long _state;
    private int _sleeping;
    private volatile bool _disposed;
    private Exception? _failure;
    private int _loopsAlone;
    private int _caution;

    public WorkerPool(int threads)
    {
        Count = threads;
        _next = new int[threads * Line];
        _helpers = new Thread[threads - 1];
        for (int i = 0; i < _helpers.Length; i++)
        {
            int worker = i + 1;
            _helpers[i] = new Thread(() => Help(worker)) { IsBackground = true, Name = $"Network training {worker}" };
            _helpers[i].Start();
        }
    }

    /// <summary>Threads, the caller's included.</summary>
    public int Count { get; }

    /// <summary>Does all items and returns when all are done.</summary>
    /// <param name="items">How many items.</param>
    /// <param name="work">Does an item, given its number and the thread's (0 for the caller's), for scratch space. What it computes must not depend on the
    /// thread.</param>
    /// <param name="alone">Whether the caller does everything by itself, because the work is too small to share.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ForEach(int items, Action<int, int> work, bool alone)
    {
        if (alone || _helpers.Length == 0 || items < 2 || _loopsAlone > 0)
        {
            if (!alone && _loopsAlone > 0)
                _loopsAlone--;
            for (int i = 0; i < items; i++)
                work(i, 0);
            return;
        }

        (_work, _items) = (work, items);
        for (int share = 0; share < Count; share++)
            _next[share * Line] = StartOf(share);
        long start = Stopwatch.GetTimestamp();
        Interlocked.Exchange(ref _state, (_state & ~Helpers) + NextLoop | Open);
        if (Volatile.Read(ref _sleeping) > 0)
        {
            lock (_sleep)
                Monitor.PulseAll(_sleep);
        }
        DoItems(0);
        Interlocked.And(ref _state, ~Open);
        WaitForHelpers(start);
        _work = null;
        if (_failure is { } failure)
        {
            _failure = null;
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        lock (_sleep)
            Monitor.PulseAll(_sleep);
        foreach (Thread helper in _helpers)
            helper.Join();
    }

    private void WaitForHelpers(long start)
    {
        if ((Volatile.Read(ref _state) & Helpers) == 0)
            return;
        long done = Stopwatch.GetTimestamp();
        for (int spins = 0; (Volatile.Read(ref _state) & Helpers) != 0; spins++)
            Wait(spins);
        bool interrupted = Stopwatch.GetTimestamp() - done > 2 * (done - start) + _interruption;
        _caution = interrupted ? Math.Min(2 * _caution + 16, 4096) : _caution - _caution / 64;
        _loopsAlone = interrupted ? _caution : 0;
    }

    private void Help(int worker)
    {
        long seen = 0;
        while (true)
        {
            long state;
            for (int spins = 0; !IsNew(state = Volatile.Read(ref _state), seen); spins++)
            {
                if (_disposed)
                    return;
                if (spins > SpinsBeforeYield + YieldsBeforeSleep)
                    SleepUntilAfter(seen);
                else
                    Wait(spins);
            }
            if (_disposed)
                return;
            if (Interlocked.CompareExchange(ref _state, state + 1, state) != state)
                continue; // closed, or another helper came first: look again
            seen = state / NextLoop;
            DoItems(worker);
            Interlocked.Decrement(ref _state);
        }
    }

    private static bool IsNew(long state, long seen) => (state & Open) != 0 && state / NextLoop != seen;

    private void SleepUntilAfter(long seen)
    {
        lock (_sleep)
        {
            // The count is raised before the state is looked at again, and the caller changes the state before it looks at the count: one
            // of them sees the other.
            Interlocked.Increment(ref _sleeping);
            while (!IsNew(Volatile.Read(ref _state), seen) && !_disposed)
                Monitor.Wait(_sleep);
            Interlocked.Decrement(ref _sleeping);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DoItems(int worker)
    {
        try
        {
            for (int i = 0; i < Count; i++)
            {
                int share = (worker + i) % Count, end = StartOf(share + 1);
                ref int next = ref _next[share * Line];
                for (int item = Interlocked.Increment(ref next) - 1; item < end; item = Interlocked.Increment(ref next) - 1)
                    _work!(item, worker);
            }
        }
        catch (Exception e)
        {
            // A user's own activation may throw: the caller's thread reports it once every thread has stopped.
            Interlocked.CompareExchange(ref _failure, e, null);
            for (int share = 0; share < Count; share++)
                Volatile.Write(ref _next[share * Line], _items);
        }
    }

    private int StartOf(int share) => (int)((long)_items * share / Count);

    private static void Wait(int spins)
    {
        if (spins < SpinsBeforeYield)
            Thread.SpinWait(1);
        else
            Thread.Yield();
    }
}
