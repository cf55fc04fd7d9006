using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Quality;

/// <summary>What the trainer reached on a table: means over its folds.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Quality">On the rows of the fold, which training did not see.</param>
/// <param name="CpuSeconds">Processor time of a fit, all threads together.</param>
/// <param name="Estimate">What the models themselves said that they would reach: AUC, log loss and their standard errors; null without such.</param>
internal sealed record TableRun(string Table, Metrics Quality, double CpuSeconds, QualityEstimate? Estimate)
{
    private sealed class Row
    {
        public bool Label { get; set; }

        public float[] Features { get; set; } = [];
    }

    /// <summary>Trains and tests on each fold in turn.</summary>
    public static TableRun Measure(Table table, Func<ShallowNetworkTrainer.Options> options)
    {
        var quality = new List<Metrics>();
        var estimates = new List<QualityEstimate>();
        float[] scores = new float[table.Labels.Length];
        double seconds = 0;
        int[] folds = [.. table.Folds.Distinct().Order()];
        foreach (int fold in folds)
        {
            int[] train = [.. Enumerable.Range(0, table.Folds.Length).Where(i => table.Folds[i] != fold)];
            int[] test = [.. Enumerable.Range(0, table.Folds.Length).Where(i => table.Folds[i] == fold)];
            float[][] features = TableEncoder.Encode(table, train);
            var ml = new MLContext(1);
            IDataView rows = View(ml, table, features, train);
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            ShallowNetworkModelParameters model = ml.BinaryClassification.Trainers.ShallowNetwork(options()).Fit(rows).Model;
            seconds += (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
            foreach (int i in test)
                scores[i] = model.Score(features[i]);
            quality.Add(Metrics.Of(Array.ConvertAll(test, i => scores[i]), Array.ConvertAll(test, i => table.Labels[i])));
            if (model.Estimate is not null)
                estimates.Add(model.Estimate);
        }

        QualityEstimate? estimate = estimates.Count == 0 ? null : new QualityEstimate(
            estimates.Average(e => e.Auc), estimates.Average(e => e.AucStandardError), estimates.Average(e => e.LogLoss),
            estimates.Average(e => e.LogLossStandardError), (int)estimates.Average(e => e.Rows));
        return new TableRun(table.Name, Metrics.OverFolds(quality, scores, table.Labels), seconds / folds.Length, estimate);
    }

    /// <summary>Whether the AUC that the models stated is within its standard error of what was found.</summary>
    public bool StatesAuc => Estimate is not null && Math.Abs(Estimate.Auc - Quality.Auc) <= Estimate.AucStandardError;

    /// <summary>The same of the log loss.</summary>
    public bool StatesLogLoss => Estimate is not null && Math.Abs(Estimate.LogLoss - Quality.LogLoss) <= Estimate.LogLossStandardError;

    private static IDataView View(MLContext ml, Table table, float[][] features, int[] rows)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features[0].Length);
        return ml.Data.LoadFromEnumerable(Array.ConvertAll(rows, i => new Row { Features = features[i], Label = table.Labels[i] }), schema);
    }
}
