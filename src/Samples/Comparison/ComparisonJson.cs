using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlNetShallowNet.Samples.Comparison;

/// <summary>A comparison as JSON, in full precision.</summary>
internal static class ComparisonJson
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(ComparisonResult result, Stream stream) => JsonSerializer.Serialize(
        stream,
        new
        {
            Table = result.Profile.Table.Path,
            Label = result.Profile.LabelName,
            Rows = result.Profile.Count(true) + result.Profile.Count(false),
            Folds = result.Folds.Names,
            result.Seed,
            Ours = result.Ours.Name,
            Baseline = result.Baseline.Name,
            Trainers = result.All.Select(trainer => new
            {
                trainer.Name,
                Mean = ByMetric(trainer.Mean),
                StandardDeviation = ByMetric(trainer.Deviation),
                DifferenceToOurs = ReferenceEquals(trainer, result.Ours) ? null : ByMetric(metric => trainer.Less(result.Ours, metric)),
                FitSeconds = trainer.Median(fold => fold.FitSeconds),
                FitProcessorSeconds = trainer.Median(fold => fold.FitProcessorSeconds),
                PredictionMicroseconds = trainer.Median(fold => fold.PredictionMicroseconds),
                ModelBytes = trainer.Median(fold => fold.ModelBytes),
                trainer.Folds,
            }),
            Failed = result.Failed.Select(failed => new { failed.Name, failed.Why }),
            Verdicts = result.Verdicts().ToDictionary(verdict => verdict.Metric.Key, verdict => verdict.Sentence),
        },
        _options);

    private static Dictionary<string, T> ByMetric<T>(Func<Metric, T> of) => Metric.All.ToDictionary(metric => metric.Key, of);
}
