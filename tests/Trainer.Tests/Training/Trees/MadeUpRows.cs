using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Tests.Training;

/// <summary>Rows of numbers, counts, a rare and a common pair of values and a constant, with labels that depend on them and on chance.</summary>
internal static class MadeUpRows
{
    public const int Features = 6;

    public static DenseRows Dense(int count, int seed, bool weighted = false)
    {
        var random = new Random(seed);
        float[] values = new float[count * Features], labels = new float[count], weights = new float[count];
        for (int i = 0; i < count; i++)
        {
            float a = (float)(random.NextDouble() * 2 - 1), b = (float)(1000 + 10 * (random.NextDouble() - 0.5));
            int c = (int)Math.Floor(Math.Exp(2 * random.NextDouble())), rare = random.NextDouble() < 0.1 ? 1 : 0, common = random.Next(2);
            float[] row = [a, b, c, rare, common, 7];
            row.CopyTo(values, i * Features);
            double z = 2 * a * (b > 1000 ? 1 : -1) + 0.3 * c - 1 + rare - 0.5 * common;
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-z)) ? 1 : 0;
            weights[i] = 1 + i % 3;
        }

        return new DenseRows(Features, values, labels, weighted ? weights : null);
    }

    /// <summary>Rows of weight w, which is whole, as w rows.</summary>
    public static DenseRows Repeated(DenseRows rows)
    {
        int[] from = [.. Enumerable.Range(0, rows.Count).SelectMany(i => Enumerable.Repeat(i, (int)rows.Weights![i]))];
        return new DenseRows(rows.FeatureCount, [.. from.SelectMany(i => Row(rows, i).ToArray())], [.. from.Select(i => rows.Labels[i])]);
    }

    public static ReadOnlySpan<float> Row(DenseRows rows, int i) => rows.Values.AsSpan(i * rows.FeatureCount, rows.FeatureCount);

    public static SparseRows Sparse(int count, int features, int seed)
    {
        var random = new Random(seed);
        List<int> starts = [0], indices = [];
        List<float> values = [];
        float[] labels = new float[count];
        for (int i = 0; i < count; i++)
        {
            double z = 0;
            for (int d = 0; d < features; d++)
            {
                if (d > 0 && random.NextDouble() > 0.05)
                    continue;
                float x = d == 0 ? (float)(50 + 10 * random.NextDouble()) : (float)random.NextDouble();
                z += d % 3 == 1 ? 2 * x : d % 3 == 2 ? -2 * x : 0;
                indices.Add(d);
                values.Add(x);
            }

            starts.Add(indices.Count);
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-z)) ? 1 : 0;
        }

        return new SparseRows(features, [.. starts], [.. indices], [.. values], labels);
    }

    /// <summary>A number and which of several places, one-hot encoded, which a tenth of the rows have not. Every third place and the number's sign tell the label
    /// together and nothing by themselves.</summary>
    public static SparseRows Places(int count, int places, int seed)
    {
        var random = new Random(seed);
        List<int> starts = [0], indices = [];
        List<float> values = [];
        float[] labels = new float[count];
        for (int i = 0; i < count; i++)
        {
            float x = random.NextSingle() * 2 - 1;
            int place = random.Next(10) == 0 ? -1 : random.Next(places);
            indices.Add(0);
            values.Add(x);
            if (place >= 0)
            {
                indices.Add(1 + place);
                values.Add(1);
            }

            starts.Add(indices.Count);
            labels[i] = random.NextDouble() < (place % 3 == 0 == x > 0 ? 0.9 : 0.1) ? 1 : 0;
        }

        return new SparseRows(1 + places, [.. starts], [.. indices], [.. values], labels);
    }
}
