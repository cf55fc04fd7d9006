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

    /// <summary>So many columns are measured; of thousands it would take hours.</summary>
    public const int MostColumns = 100;

    private const int RowsToChooseBy = 20;

    /// <summary>The importance of every column, or where there are more than <see cref="MostColumns"/>, of those that add most to the scores of some rows; the
    /// most important first. The same rows and seed give the same numbers.</summary>
    public static IReadOnlyList<PermutationImportance> Measure(
        ShallowNetworkModelParameters network, FeatureRows rows, bool[] labels, int seed)
    {
        double whole = RocArea(rows.Scores(network), labels);
        IReadOnlyList<InputColumn> columns = rows.Columns.Count <= MostColumns ? rows.Columns : AddingMost(network, rows);
        var importances = new PermutationImportance[columns.Count];
        Parallel.For(0, importances.Length, c =>
        {
            InputColumn column = columns[c];
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

    // By integrated gradients from the mean of these rows.
    private static IReadOnlyList<InputColumn> AddingMost(ShallowNetworkModelParameters network, FeatureRows rows)
    {
        float[][] some = [.. rows.Evenly(RowsToChooseBy).Select(rows.Row)];
        float[] mean = [.. Enumerable.Range(0, rows.D).Select(d => some.Average(row => row[d]))];
        double[] added = new double[rows.D];
        foreach (float[] row in some)
        {
            double[] ofRow = network.Contributions(row, mean);
            for (int d = 0; d < added.Length; d++)
                added[d] += Math.Abs(ofRow[d]);
        }
        return [.. rows.Columns.OrderByDescending(column => column.Inputs.Sum(d => added[d])).Take(MostColumns)];
    }

    private static double RocArea(float[] scores, bool[] labels)
    {
        double[] doubles = Array.ConvertAll(scores, score => (double)score);
        return Curve.Roc(new ScoredRows(labels, doubles, doubles)).Area;
    }
}
