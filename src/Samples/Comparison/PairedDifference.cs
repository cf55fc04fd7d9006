using MathNet.Numerics.Distributions;
using MlNetShallowNet.Samples.Report.Statistics;

namespace MlNetShallowNet.Samples.Comparison;

/// <summary>How far a trainer is from ours in a metric, fold by fold, with an interval of 95 %.</summary>
/// <param name="Mean">The mean over the folds of the trainer's value less ours.</param>
/// <param name="HalfWidth">Half of the interval's width.</param>
internal sealed record PairedDifference(double Mean, double HalfWidth)
{
    private const double Quantile = 0.975;

    public double Low => Mean - HalfWidth;

    public double High => Mean + HalfWidth;

    /// <summary>Whether the interval holds 0: there may be no difference.</summary>
    public bool IsWithinNoise => Low <= 0 && High >= 0;

    /// <summary>
    /// The interval of Student's t with the variance of Nadeau and Bengio, "Inference for the generalization error" (2003): folds share most
    /// of their training rows, so that their differences vary less than those of independent tables would, and s² / k is too small by
    /// what a fold has of the rows it was trained without.
    /// </summary>
    /// <param name="differences">The difference of each fold, at least two.</param>
    public static PairedDifference Of(IReadOnlyList<double> differences)
    {
        int k = differences.Count;
        double testedByTrained = 1.0 / (k - 1), deviation = Spread.StandardDeviation(differences);
        return new PairedDifference(differences.Average(), StudentT.InvCDF(0, 1, k - 1, Quantile) * Math.Sqrt(1.0 / k + testedByTrained) * deviation);
    }
}
