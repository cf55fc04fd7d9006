using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// Between the parameters that are trained and the table of W1's columns that the engine reads, for a panel of hidden units. A feature
/// with knots has a line θ0 and a ramp θj for each interval; its column at knot k is the prefix sum
/// <c>V[k] = θ0 line[k] + s (θ1 + ... + θk) - c</c>, where s is the ramps' scale (the larger, the faster they are learnt) and c makes their
/// mean over the rows 0. The way back is the transpose.
/// </summary>
internal static class KnotKernel
{
    /// <summary>The table from the parameters.</summary>
    /// <param name="features">The features.</param>
    /// <param name="rampScale">s.</param>
    /// <param name="lanes">Numbers in a vector, as the layouts have it.</param>
    /// <param name="width">Hidden units of the panel, whole vectors.</param>
    /// <param name="parameters">The panel's parameters, rows of <paramref name="width"/>.</param>
    /// <param name="table">The panel's columns of W1, rows of <paramref name="width"/>.</param>
    public static void Build(FittedFeature[] features, float rampScale, int lanes, int width, ReadOnlySpan<float> parameters, Span<float> table)
    {
        ref float from = ref MemoryMarshal.GetReference(parameters);
        ref float to = ref MemoryMarshal.GetReference(table);
        switch (lanes)
        {
            case 16: Build<Lanes512, Vector512<float>>(features, rampScale, width, ref from, ref to); break;
            case 8: Build<Lanes256, Vector256<float>>(features, rampScale, width, ref from, ref to); break;
            case 4: Build<Lanes128, Vector128<float>>(features, rampScale, width, ref from, ref to); break;
            default: Build<Lanes1, float>(features, rampScale, width, ref from, ref to); break;
        }
    }

    /// <summary>The gradient by the parameters from that by the table's columns.</summary>
    public static void Gather(FittedFeature[] features, float rampScale, int lanes, int width, ReadOnlySpan<float> tableGradient, Span<float> gradient)
    {
        ref float from = ref MemoryMarshal.GetReference(tableGradient);
        ref float to = ref MemoryMarshal.GetReference(gradient);
        switch (lanes)
        {
            case 16: Gather<Lanes512, Vector512<float>>(features, rampScale, width, ref from, ref to); break;
            case 8: Gather<Lanes256, Vector256<float>>(features, rampScale, width, ref from, ref to); break;
            case 4: Gather<Lanes128, Vector128<float>>(features, rampScale, width, ref from, ref to); break;
            default: Gather<Lanes1, float>(features, rampScale, width, ref from, ref to); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Build<L, V>(FittedFeature[] features, float rampScale, int width, ref float parameters, ref float table)
        where L : ILanes<V> where V : struct
    {
        V scale = L.Create(rampScale);
        foreach (FittedFeature feature in features)
        {
            int knots = feature.Knots;
            for (int lane = 0; lane < width; lane += L.Count)
            {
                ref float theta = ref Unsafe.Add(ref parameters, feature.FirstParameter * width + lane);
                ref float column = ref Unsafe.Add(ref table, feature.FirstColumn * width + lane);
                V line = L.Load(ref theta);
                if (knots == 0)
                {
                    L.Store(line, ref column);
                    continue;
                }

                V sum = L.Create(0), mean = L.Create(0);
                for (int k = 1; k < knots; k++)
                {
                    sum = L.MultiplyAdd(scale, L.Load(ref Unsafe.Add(ref theta, k * width)), sum);
                    mean = L.MultiplyAdd(L.Create(feature.MeanColumns[k]), sum, mean);
                }

                sum = L.Subtract(L.Create(0), mean);
                L.Store(L.MultiplyAdd(L.Create(feature.Line[0]), line, sum), ref column);
                for (int k = 1; k < knots; k++)
                {
                    sum = L.MultiplyAdd(scale, L.Load(ref Unsafe.Add(ref theta, k * width)), sum);
                    L.Store(L.MultiplyAdd(L.Create(feature.Line[k]), line, sum), ref Unsafe.Add(ref column, k * width));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather<L, V>(FittedFeature[] features, float rampScale, int width, ref float tableGradient, ref float gradient)
        where L : ILanes<V> where V : struct
    {
        V scale = L.Create(rampScale);
        foreach (FittedFeature feature in features)
        {
            int knots = feature.Knots;
            for (int lane = 0; lane < width; lane += L.Count)
            {
                ref float column = ref Unsafe.Add(ref tableGradient, feature.FirstColumn * width + lane);
                ref float theta = ref Unsafe.Add(ref gradient, feature.FirstParameter * width + lane);
                if (knots == 0)
                {
                    L.Store(L.Load(ref column), ref theta);
                    continue;
                }

                V line = L.Create(0), total = L.Create(0);
                for (int k = 0; k < knots; k++)
                {
                    V d = L.Load(ref Unsafe.Add(ref column, k * width));
                    line = L.MultiplyAdd(L.Create(feature.Line[k]), d, line);
                    total = L.Add(total, d);
                }

                // A ramp is in all columns from its knot on, less its mean.
                V after = L.Create(0);
                float meanAfter = 0;
                for (int k = knots - 1; k > 0; k--)
                {
                    after = L.Add(after, L.Load(ref Unsafe.Add(ref column, k * width)));
                    meanAfter += feature.MeanColumns[k];
                    L.Store(L.Multiply(scale, L.MultiplyAdd(L.Create(-meanAfter), total, after)), ref Unsafe.Add(ref theta, k * width));
                }

                L.Store(line, ref theta);
            }
        }
    }
}
