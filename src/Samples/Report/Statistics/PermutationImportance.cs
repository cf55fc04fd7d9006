using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Report.Statistics;

/// <summary>How much worse the network ranks when a column's values are shuffled among the rows, all inputs of the column
/// together: ML.NET's permutation importance shuffles one input at a time, and of a word's that says little.</summary>
/// <param name="Column">The column.</param>
/// <param name="Drop">The mean loss of ROC area.</param>
/// <param name="Deviation">Its standard deviation over the repetitions.</param>
internal readonly record struct PermutationImportance(string Column, double Drop, double Deviation)
{
    public const int Repetitions = 5;

    /// <summary>The importance of every column, the most important first. The same rows and seed give the same numbers.</summary>
    public static IReadOnlyList<PermutationImportance> Measure(
        ShallowNetworkModelParameters network, FeatureRows rows, bool[] labels, int seed)
    {
        double whole = RocArea(rows.Scores(network), labels);
        var importances = new PermutationImportance[rows.Columns.Count];
        Parallel.For(0, importances.Length, c =>
        {
            InputColumn column = rows.Columns[c];
            var random = new Random(unchecked(seed * 7919 + c));
            int[] order = [.. Enumerable.Range(0, rows.Count)];
            var drops = new double[Repetitions];
            for (int k = 0; k < Repetitions; k++)
            {
                random.Shuffle(order);
                drops[k] = whole - RocArea(rows.Scores(network, order, column.Inputs), labels);
            }

            importances[c] = new PermutationImportance(column.Name, drops.Average(), Spread.StandardDeviation(drops));
        });
        return [.. importances.OrderByDescending(i => i.Drop)];
    }

    private static double RocArea(float[] scores, bool[] labels)
    {
        double[] doubles = Array.ConvertAll(scores, score => (double)score);
        return Curve.Roc(new ScoredRows(labels, doubles, doubles)).Area;
    }
}
