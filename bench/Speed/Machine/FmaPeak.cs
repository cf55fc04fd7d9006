using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Bench.Machine;

/// <summary>The machine's limit: multiply-adds on registers alone, twelve chains at a time.</summary>
internal static class FmaPeak
{
    /// <summary>Single-precision GFLOP/s of all threads together, the best of several runs.</summary>
    public static double Measure(int threads, int runs = 200)
    {
        double best = 0;
        for (int run = 0; run < runs; run++)
        {
            var speeds = new double[threads];
            using var together = new Barrier(threads);
            var helpers = new Thread[threads];
            for (int i = 0; i < threads; i++)
            {
                int thread = i;
                helpers[i] = new Thread(() =>
                {
                    together.SignalAndWait();
                    speeds[thread] = Once();
                });
                helpers[i].Start();
            }
            foreach (Thread helper in helpers)
                helper.Join();
            best = Math.Max(best, speeds.Sum());
        }
        return best;
    }

    private static double Once() => Hardware.WidestLanes switch
    {
        16 => Once<Lanes512, Vector512<float>>(),
        8 => Once<Lanes256, Vector256<float>>(),
        4 => Once<Lanes128, Vector128<float>>(),
        _ => Once<Lanes1, float>(),
    };

    private static double Once<L, V>() where L : ILanes<V> where V : struct
    {
        const int times = 100_000;
        Span<float> results = stackalloc float[L.Count];
        long start = Stopwatch.GetTimestamp();
        Chains<L, V>(times, ref results[0]);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return float.IsNaN(results[0]) ? 0 : 2.0 * 12 * L.Count * times / seconds / 1e9;
    }

    // Apart from the clock, for what lives across a call does not stay in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Chains<L, V>(int times, ref float result) where L : ILanes<V> where V : struct
    {
        V x = L.Create(0.9999f), y = L.Create(1e-6f);
        V a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int n = 0; n < times; n++)
        {
            a = L.MultiplyAdd(x, y, a);
            b = L.MultiplyAdd(x, y, b);
            c = L.MultiplyAdd(x, y, c);
            d = L.MultiplyAdd(x, y, d);
            e = L.MultiplyAdd(x, y, e);
            f = L.MultiplyAdd(x, y, f);
            g = L.MultiplyAdd(x, y, g);
            h = L.MultiplyAdd(x, y, h);
            i = L.MultiplyAdd(x, y, i);
            j = L.MultiplyAdd(x, y, j);
            k = L.MultiplyAdd(x, y, k);
            l = L.MultiplyAdd(x, y, l);
        }
        V sum = L.Add(L.Add(L.Add(a, b), L.Add(c, d)), L.Add(L.Add(e, f), L.Add(g, h)));
        L.Store(L.Add(sum, L.Add(L.Add(i, j), L.Add(k, l))), ref result);
    }
}
