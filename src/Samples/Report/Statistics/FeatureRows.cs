using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Report.Statistics;

/// <summary>Rows as the network sees them: n rows of D numbers, of which most may be 0, and what the D inputs are called.</summary>
/// <param name="Values">n rows.</param>
/// <param name="InputNames">D names.</param>
/// <param name="Columns">The table's columns, each with its inputs (several for words, one for numbers).</param>
internal sealed record FeatureRows(
    IReadOnlyList<VBuffer<float>> Values, IReadOnlyList<string> InputNames, IReadOnlyList<InputColumn> Columns)
{
    private const int RowsAtOnce = 256;
    private const int FewOfAll = 8;

    public int D => InputNames.Count;

    public int Count => Values.Count;

    /// <summary>The places of so many rows at the most, spread evenly.</summary>
    public int[] Evenly(int most)
    {
        int n = Math.Min(most, Count);
        return [.. Enumerable.Range(0, n).Select(k => (int)((long)k * Count / n))];
    }

    /// <summary>All D numbers of a row.</summary>
    public float[] Row(int i) => [.. Values[i].DenseValues()];

    /// <summary>The network's score of each row.</summary>
    public float[] Scores(ShallowNetworkModelParameters network) => Scores(network, [.. Enumerable.Range(0, Count)], []);

    /// <summary>The network's score of each row with the inputs of a column from another row.</summary>
    /// <param name="network">The network.</param>
    /// <param name="others">For each row, the row that gives these inputs.</param>
    /// <param name="inputs">The inputs.</param>
    public float[] Scores(ShallowNetworkModelParameters network, int[] others, IReadOnlyList<int> inputs)
    {
        float[] scores = new float[Count];
        if (Values.Sum(row => (long)row.GetValues().Length) * FewOfAll < (long)D * Count)
        {
            bool[] isOther = new bool[D];
            foreach (int d in inputs)
                isOther[d] = true;
            for (int i = 0; i < scores.Length; i++)
            {
                (int Index, float Value)[] row = [.. Of(Values[i], d => !isOther[d]).Concat(Of(Values[others[i]], d => isOther[d])).OrderBy(v => v.Index)];
                scores[i] = network.ScoreSparse(Array.ConvertAll(row, v => v.Index), Array.ConvertAll(row, v => v.Value));
            }
            return scores;
        }
        for (int from = 0; from < scores.Length; from += RowsAtOnce)
        {
            Span<float> part = scores.AsSpan(from, Math.Min(RowsAtOnce, scores.Length - from));
            float[] rows = new float[part.Length * D];
            for (int i = 0; i < part.Length; i++)
            {
                Span<float> row = rows.AsSpan(i * D, D);
                Row(from + i).CopyTo(row);
                float[] other = inputs.Count == 0 ? [] : Row(others[from + i]);
                foreach (int d in inputs)
                    row[d] = other[d];
            }
            network.Score(rows, part);
        }
        return scores;
    }

    private static IEnumerable<(int Index, float Value)> Of(VBuffer<float> row, Func<int, bool> which) =>
        row.Items().Where(item => which(item.Key)).Select(item => (item.Key, item.Value));
}
