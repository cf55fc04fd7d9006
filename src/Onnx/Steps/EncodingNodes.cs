using MlNetShallowNet.Onnx.Graphs;

namespace MlNetShallowNet.Onnx.Steps;

/// <summary>
/// The encoding of features as ramps between knots. A column is the lower one of two lines, the one that rises to its knot and the one that
/// falls from it, kept between 0 and 1; a column without ramps is a line of slope 1. So all columns are the same few operations, with
/// numbers of their own. The columns of crosses are products.
/// </summary>
internal static class EncodingNodes
{
    /// <summary>Adds the columns of the features.</summary>
    /// <returns>Their name.</returns>
    public static string Add(InputEncoding encoding, string features, GraphBuilder graph)
    {
        Columns columns = new(encoding);
        string x = Gather(features, columns.Feature);
        x = graph.Add("Min", graph.Add("Max", x, Row(columns.Lower)), Row(columns.Upper));
        string from = graph.Add("Sub", x, Row(columns.Knot));
        string rising = graph.Add("Add", graph.Add("Mul", graph.Add("Sub", x, Row(columns.Start)), Row(columns.Rise)), Row(columns.AtStart));
        string falling = graph.Add("Add", graph.Add("Mul", from, Row(columns.Fall)), Row(columns.AtKnot));
        string lower = graph.Add("Min", rising, falling);
        string ofFeatures = graph.Add("Min", graph.Add("Max", lower, Row(columns.Least)), Row(columns.Most));
        if (encoding.Crosses.Length == 0)
            return ofFeatures;
        (int First, int Second)[] factors = [.. Enumerable.Range(encoding.FirstCrossColumn, encoding.ColumnCount - encoding.FirstCrossColumn).Select(encoding.FactorsOf)];
        string products = graph.Add(
            "Mul", Gather(ofFeatures, [.. factors.Select(pair => (long)pair.First)]), Gather(ofFeatures, [.. factors.Select(pair => (long)pair.Second)]));
        return graph.Add("Concat", [ofFeatures, products], GraphBuilder.Attribute("axis", 1L));

        string Gather(string from, long[] which) => graph.Add("Gather", [from, graph.Constant(which, which.Length)], GraphBuilder.Attribute("axis", 1L));
        string Row(ReadOnlySpan<float> values) => graph.Constant(values, 1, encoding.FirstCrossColumn);
    }

    /// <summary>The numbers of each column.</summary>
    private sealed class Columns
    {
        public Columns(InputEncoding encoding)
        {
            int T = encoding.FirstCrossColumn;
            Feature = new long[T];
            (Lower, Upper, Knot, Start, Rise, AtStart, Fall, AtKnot, Least, Most) = (
                new float[T], new float[T], new float[T], new float[T], new float[T], new float[T], new float[T], new float[T], new float[T], new float[T]);
            for (int d = 0; d < encoding.FeatureCount; d++)
            {
                ReadOnlySpan<float> knots = encoding.Knots(d);
                for (int k = 0; k < knots.Length; k++)
                {
                    int t = encoding.FirstColumn(d) + k;
                    (Feature[t], Knot[t]) = (d, knots[k]);
                    if (knots.Length == 1)
                        Line(t, encoding.Lower[d], encoding.Upper[d]);
                    else
                        Ramps(t, k, knots, encoding.Lower[d], encoding.Upper[d]);
                }
            }
        }

        public long[] Feature { get; }

        public float[] Lower { get; }

        public float[] Upper { get; }

        public float[] Knot { get; }

        public float[] Start { get; }

        public float[] Rise { get; }

        public float[] AtStart { get; }

        public float[] Fall { get; }

        public float[] AtKnot { get; }

        public float[] Least { get; }

        public float[] Most { get; }

        private void Line(int t, float lower, float upper)
        {
            (Lower[t], Upper[t]) = (lower, upper);
            (Start[t], Rise[t], Fall[t]) = (Knot[t], 1, 1);
            (Least[t], Most[t]) = (float.NegativeInfinity, float.PositiveInfinity);
        }

        private void Ramps(int t, int k, ReadOnlySpan<float> knots, float lower, float upper)
        {
            // Beyond the outer knots nothing changes, and 0 times an infinite distance would be no number.
            (Lower[t], Upper[t]) = (Math.Clamp(lower, knots[0], knots[^1]), Math.Clamp(upper, knots[0], knots[^1]));
            (Start[t], Rise[t], AtStart[t]) = k == 0 ? (knots[0], 0, 1) : (knots[k - 1], Slope(knots[k - 1], knots[k]), 0);
            (Fall[t], AtKnot[t]) = k == knots.Length - 1 ? (0, 1) : (-Slope(knots[k], knots[k + 1]), 1);
            (Least[t], Most[t]) = (0, 1);
        }

        private static float Slope(float from, float to) => (float)(1 / ((double)to - from));
    }
}
