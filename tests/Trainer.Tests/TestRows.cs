using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Tests;

/// <summary>Small made-up tables.</summary>
internal static class TestRows
{
    internal sealed class Row
    {
        public bool Label { get; set; }

        [VectorType(4)]
        public float[] Features { get; set; } = [];

        public float Weight { get; set; } = 1;
    }

    internal sealed class SparseRow
    {
        public bool Label { get; set; }

        [VectorType(40)]
        public VBuffer<float> Features { get; set; }
    }

    internal sealed class Prediction
    {
        public bool PredictedLabel { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }
    }

    /// <summary>Two classes that no straight line parts: whether the first two features have the same sign. The others are noise of other scales.</summary>
    public static List<Row> Rows(int count = 200, int seed = 7)
    {
        var random = new Random(seed);
        float Next() => (float)(random.NextDouble() * 2 - 1);
        var rows = new List<Row>();
        for (int i = 0; i < count; i++)
        {
            float[] x = [Next(), Next(), Next() * 100 + 1000, Next() * 0.01f];
            rows.Add(new Row { Label = x[0] * x[1] > 0, Features = x, Weight = 0.5f + i % 3 });
        }

        return rows;
    }

    /// <summary>Rows of 40 features of which three are not zero; the label depends on which.</summary>
    public static List<SparseRow> SparseRows(int count = 300, int seed = 9)
    {
        var random = new Random(seed);
        var rows = new List<SparseRow>();
        for (int i = 0; i < count; i++)
        {
            int[] indices = [.. Enumerable.Range(0, 40).OrderBy(_ => random.Next()).Take(3).Order()];
            float[] values = [.. indices.Select(_ => (float)random.NextDouble() + 0.5f)];
            rows.Add(new SparseRow { Label = indices.Count(d => d < 20) >= 2, Features = new VBuffer<float>(40, 3, values, indices) });
        }

        return rows;
    }

    public static IDataView View(MLContext ml, int count = 200) => ml.Data.LoadFromEnumerable(Rows(count));

    public static float[] Scores(IDataView scored) => [.. scored.GetColumn<float>("Score")];
}
