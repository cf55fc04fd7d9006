using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>Columns as knots are chosen by them: the ends over all rows, and the values in some rows (<see cref="SpreadRows"/>).</summary>
internal static class ColumnSamples
{
    private const int AtOnce = 16; // features that share a line of the cache

    /// <summary>A copy of what the rows taken have of some numbers, such as weights; null where there are none.</summary>
    /// <param name="taken">The rows; null for all.</param>
    /// <param name="numbers">A number for each row.</param>
    [return: NotNullIfNotNull(nameof(numbers))]
    public static float[]? Of(int[]? taken, float[]? numbers) =>
        numbers is null ? null : taken is null ? [.. numbers] : [.. taken.Select(i => numbers[i])];

    /// <summary>The columns of dense rows, some features at once: one column after the other would read all rows again for each.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="taken">The rows that are taken; null for all.</param>
    /// <param name="parallel">How many threads may work.</param>
    /// <param name="take">Gets the feature, its values in the rows taken, and the least and the greatest of all.</param>
    public static void ForEach(DenseRows rows, int[]? taken, ParallelOptions parallel, Action<int, float[], float, float> take)
    {
        int D = rows.FeatureCount;
        (float[] least, float[] greatest) = Ranges(rows);
        Parallel.For(0, (D + AtOnce - 1) / AtOnce, parallel, group =>
        {
            int from = group * AtOnce, to = Math.Min(from + AtOnce, D);
            float[][] samples = Of(rows, from, to, taken);
            for (int d = from; d < to; d++)
                take(d, samples[d - from], least[d], greatest[d]);
        });
    }

    /// <summary>The values of neighbouring features of dense rows in some rows, or in all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float[][] Of(DenseRows rows, int from, int to, int[]? taken)
    {
        int count = taken?.Length ?? rows.Count;
        float[][] values = [.. Enumerable.Range(from, to - from).Select(_ => new float[count])];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> row = rows.Values.AsSpan((taken?[i] ?? i) * rows.FeatureCount, rows.FeatureCount);
            for (int d = from; d < to; d++)
                values[d - from][i] = row[d];
        }

        return values;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (float[] Least, float[] Greatest) Ranges(DenseRows rows)
    {
        int D = rows.FeatureCount;
        float[] least = new float[D], greatest = new float[D];
        Array.Fill(least, float.PositiveInfinity);
        Array.Fill(greatest, float.NegativeInfinity);
        Span<Vector<float>> lows = MemoryMarshal.Cast<float, Vector<float>>(least.AsSpan()), highs = MemoryMarshal.Cast<float, Vector<float>>(greatest.AsSpan());
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<float> row = rows.Values.AsSpan(i * D, D);
            ReadOnlySpan<Vector<float>> whole = MemoryMarshal.Cast<float, Vector<float>>(row);
            for (int v = 0; v < whole.Length; v++)
            {
                lows[v] = Vector.Min(lows[v], whole[v]);
                highs[v] = Vector.Max(highs[v], whole[v]);
            }
            for (int d = whole.Length * Vector<float>.Count; d < D; d++)
            {
                least[d] = Math.Min(least[d], row[d]);
                greatest[d] = Math.Max(greatest[d], row[d]);
            }
        }

        return (least, greatest);
    }
}
