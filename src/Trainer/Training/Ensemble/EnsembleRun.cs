using System.Runtime.ExceptionServices;
using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Training;

/// <summary>
/// Trains several networks, each leaving out another part of the rows and keeping the epoch that is best on it, and joins them into one: the
/// mean of the scores of K networks of H hidden units is the score of one network of K H hidden units.
/// </summary>
internal static class EnsembleRun
{
    /// <summary>Parts into which the rows are cut; a member leaves out one of them. More members than parts go round again, cut anew.</summary>
    public const int Parts = 8;

    // Scores kept for all epochs, so that the estimate is honest; with more rows choosing an epoch hardly flatters anyway.
    private const long MostScoresKept = 1 << 25;

    /// <summary>Trains the members, several at a time. What comes out does not depend on how many.</summary>
    public static IReadOnlyList<EnsembleMember> Train(TrainingInputs inputs, TrainingRows? validation, TrainingSettings settings)
    {
        TrainingRows rows = inputs.Rows;
        int[][] partsByRound = validation is null
            ? [.. Enumerable.Range(0, (settings.Members + Parts - 1) / Parts).Select(round => StratifiedParts.Of(rows, Parts, settings.Seed + round))]
            : [];
        bool keepsAll = (long)rows.Count * settings.Epochs * partsByRound.Length <= MostScoresKept;
        var members = new EnsembleMember[settings.Members];
        IProgress<TrainingProgress>? progress = settings.Progress is null ? null : new OneAtATime(settings.Progress);
        try
        {
            Parallel.For(0, settings.Members, new ParallelOptions { MaxDegreeOfParallelism = settings.Threads }, k =>
            {
                int[] part = validation is null ? partsByRound[k / Parts] : [];
                int[] leftOut = [.. Enumerable.Range(0, part.Length).Where(i => part[i] == k % Parts)];
                int[] trainOn = leftOut.Length == 0 ? [] : [.. Enumerable.Range(0, part.Length).Where(i => part[i] != k % Parts)];
                if (leftOut.Length > 0 && trainOn.Length == 0)
                    (trainOn, leftOut) = ([], []); // a single row is trained on, not left out
                members[k] = EnsembleMember.Train(
                    inputs, trainOn, leftOut, validation,
                    settings with { Seed = unchecked(settings.Seed * 1_000_003 + k), Threads = 1, Member = k + 1, Progress = progress }, keepsAll);
            });
        }
        catch (AggregateException failures) when (failures.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(failures.InnerException);
        }

        return members;
    }

    /// <summary>One network whose score is the mean of the members' scores. Members that were cancelled before their first epoch are left out.</summary>
    public static NetworkParameters Join(IReadOnlyList<EnsembleMember> members)
    {
        NetworkParameters[] networks = [.. members.Where(m => m.History.BestEpoch > 0).Select(m => m.Network)];
        if (networks.Length == 0)
            networks = [members[0].Network];
        Matrix<double> W1 = networks.Select(n => n.W1).Aggregate((a, b) => a.Stack(b));
        Vector<double> b1 = Vector<double>.Build.DenseOfEnumerable(networks.SelectMany(n => n.B1));
        Matrix<double> W2 = networks.Select(n => n.W2 / networks.Length).Aggregate((a, b) => a.Append(b));
        return new NetworkParameters(W1, b1, W2, networks.Average(n => n.B2), networks[0].Activation);
    }

    /// <summary>The members' histories together: an epoch's losses are the means over the members that got there, and the best epoch is the
    /// mean of theirs.</summary>
    public static TrainingHistory Joined(IReadOnlyList<EnsembleMember> members)
    {
        TrainingHistory[] all = [.. members.Select(m => m.History)];
        var epochs = new List<TrainingEpoch>();
        for (int epoch = 0; epoch < all.Max(h => h.Epochs.Count); epoch++)
        {
            TrainingEpoch[] there = [.. all.Where(h => h.Epochs.Count > epoch).Select(h => h.Epochs[epoch])];
            epochs.Add(new TrainingEpoch(there.Average(e => e.TrainingLoss), there.Average(e => e.ValidationLoss)));
        }

        int best = (int)Math.Round(all.Average(h => h.BestEpoch), MidpointRounding.AwayFromZero);
        return new TrainingHistory(epochs, Math.Min(best, epochs.Count), all.Any(h => h.WasCancelled), all);
    }

    private sealed class OneAtATime(IProgress<TrainingProgress> inner) : IProgress<TrainingProgress>
    {
        private readonly Lock _lock = new();

        public void Report(TrainingProgress value)
        {
            lock (_lock)
                inner.Report(value);
        }
    }
}
