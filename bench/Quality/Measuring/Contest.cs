using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Quality.Trainers;

namespace MlNetShallowNet.Quality.Measuring;

/// <summary>Trainers on one table after the other, in this process.</summary>
internal static class Contest
{
    private const int WarmUpRows = 300;

    private static readonly HashSet<string> _warm = [];

    /// <summary>Trains and scores on each split. A trainer that fails on a table is left out of it, with a word to <paramref name="progress"/>.</summary>
    /// <returns>The outcomes in the trainers' order, and the best possible where it is known.</returns>
    public static (IReadOnlyList<Outcome> Outcomes, Metrics? Best) Run(
        Problem problem, IReadOnlyList<Contestant> contestants, TextWriter progress, int mostSplits = int.MaxValue)
    {
        var ml = new MLContext(1);
        var fits = contestants.ToDictionary(c => c.Name, _ => new List<Fit>());
        var failed = new HashSet<string>();
        Metrics? best = null;
        foreach (Split split in problem.Splits(ml).Take(mostSplits))
        {
            bool[] labels = [.. split.Test.GetColumn<bool>("Label")];
            best ??= split.LogOdds is null ? null : Metrics.Best(split.LogOdds, labels);
            foreach (Contestant contestant in contestants.Where(c => !failed.Contains(c.Name)))
            {
                try
                {
                    WarmUp(problem, contestant, split);
                    fits[contestant.Name].Add(Measure(problem, contestant, split, labels));
                }
                catch (Exception e) when (e is not BenchError)
                {
                    failed.Add(contestant.Name);
                    progress.WriteLine($"{problem.Name}: {contestant.Name} failed: {e.GetBaseException().Message.Split('\n')[0]}");
                }
            }
        }

        return ([.. contestants.Where(c => !failed.Contains(c.Name)).Select(c => Together(problem, c, fits[c.Name]))], best);
    }

    private sealed record Fit(
        int Rows, int Features, double CpuSeconds, double Seconds, double PreparationSeconds, double Scoring, Predictions Predictions,
        QualityEstimate? Estimate);

    private static Fit Measure(Problem problem, Contestant contestant, Split split, bool[] labels)
    {
        var ml = new MLContext(1);
        IEstimator<ITransformer> trainer = contestant.Create(ml, problem.NeedsScaling);
        GC.Collect();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        ITransformer model = trainer.Fit(split.Train);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, cpu = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        IDataView scored = model.Transform(split.Test);
        int rows = (int)(split.Train.GetRowCount() ?? split.Train.GetColumn<bool>("Label").Count());
        return new Fit(
            rows, split.Features, cpu, seconds, split.PreparationSeconds, ScoringTime.Batch(scored, labels.Length), Predictions.Of(scored, labels),
            (model as ShallowNetworkTransformer)?.Model.Estimate);
    }

    private static Outcome Together(Problem problem, Contestant contestant, List<Fit> fits)
    {
        QualityEstimate[] estimates = [.. fits.Select(f => f.Estimate).OfType<QualityEstimate>()];
        QualityEstimate? estimate = estimates.Length == 0 ? null : new QualityEstimate(
            estimates.Average(e => e.Auc), estimates.Average(e => e.AucStandardError), estimates.Average(e => e.LogLoss),
            estimates.Average(e => e.LogLossStandardError), (int)estimates.Average(e => e.Rows));
        Predictions[] predictions = [.. fits.Select(f => f.Predictions)];
        return new Outcome(
            problem.Name, contestant.Name, (int)fits.Average(f => f.Rows), (int)fits.Average(f => f.Features), Metrics.OverFolds(predictions),
            fits.Average(f => f.CpuSeconds), fits.Average(f => f.Seconds), fits.Average(f => f.PreparationSeconds), fits.Average(f => f.Scoring),
            predictions, estimate);
    }

    // The first fit of a trainer compiles code: of a few rows, and not measured.
    private static void WarmUp(Problem problem, Contestant contestant, Split split)
    {
        if (!_warm.Add(contestant.Name))
            return;
        var ml = new MLContext(1);
        IDataView few = ml.Data.TakeRows(split.Train, WarmUpRows);
        bool[] labels = [.. few.GetColumn<bool>("Label")];
        if (labels.Contains(true) && labels.Contains(false))
            _ = Predictions.Of(contestant.Create(ml, problem.NeedsScaling).Fit(few).Transform(few), labels);
        else
            _warm.Remove(contestant.Name);
    }
}
