using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>Columns of rows that stand one after the other in memory, read as they stand: one column after the other would read all of them again for each.</summary>
internal static class DenseColumns
{
    /// <summary>Features that are best read at once: their values in a row share a line of the cache.</summary>
    public const int AtOnce = 16;

    /// <summary>The least and the greatest value of each feature.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float[] Least, float[] Greatest) Ranges(DenseRows rows)
    {
        int D = rows.FeatureCount;
        float[] least = new float[D], greatest = new float[D];
        Array.Fill(least, float.PositiveInfinity);
        Array.Fill(greatest, float.NegativeInfinity);
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<float> row = rows.Values.AsSpan(i * D, D);
            TensorPrimitives.Min(row, least, least);
            TensorPrimitives.Max(row, greatest, greatest);
        }

        return (least, greatest);
    }

    /// <summary>The values of some neighbouring features in every <paramref name="step"/>th row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float[][] Sample(DenseRows rows, int from, int to, int step)
    {
        int taken = (rows.Count + step - 1) / step;
        float[][] values = [.. Enumerable.Range(from, to - from).Select(_ => new float[taken])];
        for (int i = 0; i < taken; i++)
        {
            ReadOnlySpan<float> row = rows.Values.AsSpan(i * step * rows.FeatureCount, rows.FeatureCount);
            for (int d = from; d < to; d++)
                values[d - from][i] = row[d];
        }

        return values;
    }

    /// <summary>A copy of every <paramref name="step"/>th of some numbers, such as the rows' weights; null where there are none.</summary>
    [return: NotNullIfNotNull(nameof(numbers))]
    public static float[]? Every(int step, float[]? numbers) =>
        numbers is null ? null : [.. Enumerable.Range(0, (numbers.Length + step - 1) / step).Select(i => numbers[i * step])];
}
