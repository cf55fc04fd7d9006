using MlNetShallowNet.Samples.Report.Statistics;
namespace MlNetShallowNet.Samples.Comparison;

/// <summary>What a trainer came to, a result for each fold.</summary>
internal sealed record TrainerResult(string Name, IReadOnlyList<FoldResult> Folds)
{
    public double Mean(Metric metric) => Folds.Average(metric.Of);

    /// <summary>The standard deviation over the folds.</summary>
    public double Deviation(Metric metric) => Spread.StandardDeviation([.. Folds.Select(metric.Of)]);

    /// <summary>The middle one of the folds: the first fit compiles code, and is no measure.</summary>
    public double Median(Func<FoldResult, double> of)
    {
        double[] sorted = [.. Folds.Select(of).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>This trainer less another one, on the same folds.</summary>
    public PairedDifference Less(TrainerResult other, Metric metric) =>
        PairedDifference.Of([.. Folds.Zip(other.Folds, (mine, its) => metric.Of(mine) - metric.Of(its))]);
}
