using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Quality.Measuring;
using MlNetShallowNet.Quality.Shapes;
using MlNetShallowNet.Samples.Comparison;

namespace MlNetShallowNet.Quality.Tables;

/// <summary>Tables as problems: in the folds that come with them, else in five of ML.NET's.</summary>
internal static class TableProblems
{
    private const int DrawnFolds = 5;

    public static Problem Of(Table table)
    {
        int sentences = Enumerable.Range(0, table.Columns.Length).Count(table.IsSentences);
        if (sentences == 0)
            return new Problem(table.Name, ml => Encoded(ml, table));
        if (sentences == table.Columns.Length && sentences <= TextRow.Columns.Length)
            return new Problem(table.Name, ml => Featurized(ml, table), NeedsScaling: false);
        throw new BenchError($"'{table.Name}' has sentences beside other columns, or too many; --ignore some.");
    }

    /// <summary>A generated table: training rows, and fresh ones.</summary>
    public static Problem Of(Shape shape, int rows, int seed, int? testRows = null) => new(
        $"{shape.Name}",
        ml =>
        {
            ShapeRow[] test = shape.Generate(testRows ?? shape.TestRows, seed + 1_000);
            double[] logOdds = Array.ConvertAll(test, r => r.LogOdds);
            IDataView train = shape.View(ml, shape.Generate(rows, seed)), fresh = shape.View(ml, test);
            return [shape.Preparation(ml) is { } preparation ? Split.Prepared(ml, preparation, train, fresh, logOdds) : new Split(train, fresh, LogOdds: logOdds)];
        });

    private static IEnumerable<Split> Encoded(MLContext ml, Table table)
    {
        int[] folds = table.Folds ?? DrawFolds(ml, table.Labels.Length);
        foreach (int fold in folds.Distinct().Order())
        {
            int[] train = [.. Enumerable.Range(0, folds.Length).Where(i => folds[i] != fold)];
            var encoder = new TableEncoder(table, train);
            yield return new Split(View(train), View([.. Enumerable.Range(0, folds.Length).Where(i => folds[i] == fold)]));

            IDataView View(int[] rows) => ml.Data.LoadFromEnumerable(
                Array.ConvertAll(rows, i => new FeatureRow { Features = encoder.Encode(i), Label = table.Labels[i] }), FeatureRow.Schema(encoder.Features));
        }
    }

    private static IEnumerable<Split> Featurized(MLContext ml, Table table)
    {
        string[] columns = TextRow.Columns[..table.Columns.Length];
        IDataView rows = ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, table.Labels.Length).Select(i => new TextRow(table.Labels[i], [.. table.Cells.Select(cells => cells[i])])).ToArray());
        IEstimator<ITransformer> preparation = ml.Transforms.Concatenate("Features", columns);
        foreach (string column in columns.Reverse())
            preparation = ml.Transforms.Text.FeaturizeText(column).Append(preparation);
        foreach (DataOperationsCatalog.TrainTestData fold in ml.Data.CrossValidationSplit(rows, DrawnFolds))
            yield return Split.Prepared(ml, preparation, fold.TrainSet, fold.TestSet);
    }

    // The folds that CrossValidate would make of rows in this order.
    private static int[] DrawFolds(MLContext ml, int rows)
    {
        int[] folds = new int[rows];
        IDataView numbered = ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(i => new Numbered { Row = i }).ToArray());
        int fold = 0;
        foreach (DataOperationsCatalog.TrainTestData split in ml.Data.CrossValidationSplit(numbered, DrawnFolds))
        {
            foreach (int row in split.TestSet.GetColumn<int>(nameof(Numbered.Row)))
                folds[row] = fold;
            fold++;
        }

        return folds;
    }

    private sealed class Numbered
    {
        public int Row { get; set; }
    }
}
