using System.CommandLine;
using System.Globalization;
using Microsoft.ML;
using MlNetShallowNet.Quality.Measuring;
using MlNetShallowNet.Quality.Reports;
using MlNetShallowNet.Quality.Tables;
using MlNetShallowNet.Quality.Trainers;
using MlNetShallowNet.Samples.Comparison;

namespace MlNetShallowNet.Quality.Commands;

/// <summary><c>scoring</c>: how long the models of a table take, a row at a time and in batches.</summary>
internal static class ScoringCommand
{
    private const int BatchRows = 100_000;
    private const double LeastSeconds = 1; // of calls for one row

    private const string Says =
        "One row is a call of `PredictionEngine.Predict` that fills an object given to it, the best of many rounds; a batch is 100,000 rows (the table's, " +
        "again and again) in memory, scored through `Transform` by one cursor on one thread, reading included.";

    public static Command Create(string[] arguments)
    {
        var command = new Command("scoring", "How long the models of a table take to score; default: breast_cancer");
        var options = new RunOptions();
        options.AddTo(command, tables: true);
        command.SetAction(parse =>
        {
            var file = new ResultFile("Scoring beside ML.NET's own trainers", Says, arguments);
            file.Add("| table | trainer | one row, µs | in a batch, µs a row |\n|-|-|-|-|\n");
            foreach (Table table in options.Tables(parse))
                Measure(table, options.Trainers(parse, "ours,lightgbm,fasttree,lbfgs"), file);
            options.Save(parse, file);
        });
        return command;
    }

    private static void Measure(Table table, Contestant[] trainers, ResultFile file)
    {
        var ml = new MLContext(1);
        int rows = table.Labels.Length;
        var encoder = new TableEncoder(table, [.. Enumerable.Range(0, rows)]);
        FeatureRow[] all = [.. Enumerable.Range(0, rows).Select(i => new FeatureRow { Features = encoder.Encode(i), Label = table.Labels[i] })];
        IDataView train = ml.Data.LoadFromEnumerable(all, FeatureRow.Schema(encoder.Features));
        IDataView batch = ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, BatchRows).Select(i => all[i % rows]).ToArray(), FeatureRow.Schema(encoder.Features));
        foreach (Contestant trainer in trainers)
        {
            ITransformer model = trainer.Create(ml, true).Fit(train);
            double one = PredictionTime.Microseconds(ml, model, all, LeastSeconds), many = ScoringTime.Batch(model.Transform(batch), BatchRows);
            file.Add(string.Create(CultureInfo.InvariantCulture, $"| {table.Name} | {trainer.Name} | {one:F2} | {many:F2} |\n"));
        }
    }
}
