using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Report.Statistics;

namespace MlNetShallowNet.Samples.Training;

/// <summary>How good a model is on a table.</summary>
/// <param name="Metrics">ML.NET's metrics.</param>
/// <param name="AveragePrecision">The sum of (R[n] - R[n-1]) P[n] over the thresholds, as in the report: ML.NET's area under the precision-recall
/// curve joins its points by straight lines, which is another number.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Decisions">What is right and wrong at the model's threshold; ML.NET's metrics are of one half, whatever the model's is.</param>
internal sealed record Evaluation(
    CalibratedBinaryClassificationMetrics Metrics, double AveragePrecision, ScoredRows Rows, Confusion Decisions);
