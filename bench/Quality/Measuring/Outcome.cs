namespace MlNetShallowNet.Quality.Measuring;

/// <summary>What a trainer reached on a table: means over its splits.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Trainer">The trainer's name.</param>
/// <param name="Rows">Training rows.</param>
/// <param name="Features">Features of a row.</param>
/// <param name="Quality">On rows that training did not see.</param>
/// <param name="CpuSeconds">Processor time of a fit, all threads together.</param>
/// <param name="Seconds">The same by the clock.</param>
/// <param name="PreparationSeconds">Processor time of making the features, which is not in the others.</param>
/// <param name="ScoringMicroseconds">Time of a row when all are scored through <c>Transform</c>, on one thread.</param>
/// <param name="Folds">The predictions themselves.</param>
/// <param name="Estimate">What our models said that they would reach; null without such.</param>
internal sealed record Outcome(
    string Table, string Trainer, int Rows, int Features, Metrics Quality, double CpuSeconds, double Seconds, double PreparationSeconds,
    double ScoringMicroseconds, IReadOnlyList<Predictions> Folds, QualityEstimate? Estimate);
