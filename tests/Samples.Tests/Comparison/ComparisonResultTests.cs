using MlNetShallowNet.Samples.Comparison;

namespace MlNetShallowNet.SamplesTests.Comparison;

/// <summary>What a comparison says in words.</summary>
public sealed class ComparisonResultTests
{
    [Fact]
    public void ItSaysWhoIsBetterWhoIsWorseAndWhereThatIsNoise()
    {
        TrainerResult ours = Of("ShallowNetwork", (0.9, 0.30, 0.8), (0.8, 0.40, 0.7), (0.85, 0.35, 0.8));
        TrainerResult behind = Of("Behind", (0.8, 0.40, 0.8), (0.71, 0.51, 0.7), (0.75, 0.45, 0.8));
        TrainerResult ahead = Of("Ahead", (0.95, 0.25, 0.9), (0.85, 0.34, 0.81), (0.9, 0.30, 0.9));
        TrainerResult near = Of("Near", (0.95, 0.20, 0.81), (0.75, 0.55, 0.69), (0.85, 0.35, 0.8));
        ComparisonResult result = new(null!, null!, 1, ours, [behind, ahead, near], behind, []);
        Assert.Equal(
            [
                ("AUC", "ShallowNetwork is better than Behind; worse than Ahead; within noise of Near."),
                ("Log loss", "ShallowNetwork is better than Behind; worse than Ahead; within noise of Near."),
                ("Accuracy", "ShallowNetwork is worse than Ahead; within noise of Behind and Near."),
            ],
            result.Verdicts().Select(verdict => (verdict.Metric.Name, verdict.Sentence)));
    }

    [Fact]
    public void CostsAreMediansSoThatTheFirstFitWhichCompilesCodeIsNone()
    {
        TrainerResult four = new("T", [.. ((double[])[9, 1, 3, 2]).Select(seconds => new FoldResult(0, 0, 0, seconds, 0, 0, 0))]);
        Assert.Equal(2.5, four.Median(fold => fold.FitSeconds));
        Assert.Equal(2, (four with { Folds = [.. four.Folds.Skip(1)] }).Median(fold => fold.FitSeconds));
    }

    private static TrainerResult Of(string name, params (double Auc, double LogLoss, double Accuracy)[] folds) =>
        new(name, [.. folds.Select(f => new FoldResult(f.Auc, f.LogLoss, f.Accuracy, 1, 1, 1, 1))]);
}
