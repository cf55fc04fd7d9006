using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Network;

namespace MlNetShallowNet.Training;

/// <summary>
/// From rows to a network: prepares the rows, trains the members, joins them, calibrates the result, and folds all of it into one network.
/// The same for rows in memory and streamed, for one member and for many.
/// </summary>
internal static class TrainingRun
{
    // Scores kept for all epochs, so that the estimate is honest; with more rows choosing an epoch hardly flatters anyway.
    private const long MostScoresKept = 1 << 25;

    /// <summary>Trains.</summary>
    /// <param name="data">The rows to train on, which may be scaled where they stand.</param>
    /// <param name="validation">Rows to judge each epoch by; null for those that members leave out.</param>
    /// <param name="initial">The network to start from; null to draw one.</param>
    /// <param name="initialEncoding">How that network's input is represented; null where it takes raw features.</param>
    /// <param name="settings">How to train.</param>
    /// <exception cref="InvalidOperationException">The parameters ran away from finite numbers, or the solver cannot take a stream.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled before an epoch was finished.</exception>
    public static TrainedNetwork Train(
        TrainingData data, TrainingRows? validation, NetworkParameters? initial, InputEncoding? initialEncoding, TrainingSettings settings)
    {
        if (data.IsStreamed && UpdateRules.TakesAllRows(settings.Solver))
        {
            throw new InvalidOperationException(
                $"The solver {settings.Solver} needs all {data.Count} rows in memory, and they exceed the memory budget. " +
                "Raise the budget, or use a solver of mini-batches such as Adam.");
        }
        (double positive, double all) = data.Weight;
        ClassWeights classes = settings.BalancesClasses ? ClassWeights.Balanced(positive, all) : settings.ClassWeights;
        (positive, all) = classes.Applied(positive, all);
        settings = settings with
        {
            StartScore = settings.StartsAtBaseRate ? BaseRate.LogOdds(positive, all, data.Count) : 0,
            FanIn = data.IsSparse ? data.ActiveFeatures : null,
            Progress = settings.Progress is null ? null : new OneAtATime(settings.Progress),
        };
        TrainingInputs inputs = Inputs(data, initial is not null, initialEncoding, settings);
        TrainingRows Prepare(TrainingRows rows) => inputs.Prepare(classes.Weighted(rows));
        TrainingRows? judges = validation is null ? null : Prepare(validation);
        float[] weights = data.Sample.Weights ?? [];
        NetworkParameters? start = initial is null ? null : inputs.Unfold(initial);
        SilentColumns? silent = start is null ? null : new SilentColumns(inputs.ColumnCount);
        IRowBlocks blocks = data.Prepared(rows => silent?.Note(Prepare(rows)) ?? Prepare(rows), settings.Shuffle);
        RowDivision division = validation is null && settings.ValidationFraction > 0 ? data.Divide(blocks, Prepare, settings) : new NoDivision();
        bool keepsAll = (division.Judges?.Count ?? 0L) * settings.Epochs <= MostScoresKept;
        MemberTraining[] members = new MemberTraining[settings.Members];
        try
        {
            for (int k = 0; k < members.Length; k++)
                members[k] = new MemberTraining(inputs, data.Count, division, judges, start, settings.Of(k), keepsAll);
            var state = new RunState(members, silent, data, settings);
            state.Restore();
            EpochLoop.Run(blocks, members, settings.MembersAtOnce, state.EndEpoch, settings.CancellationToken);
            state.Keep();
            MemberTraining[] trained = [.. members.Where(m => m.History.BestEpoch > 0)];
            if (trained.Length == 0)
                throw new OperationCanceledException("Training was cancelled before its first epoch was finished.", settings.CancellationToken);
            OtherMembers? others = division is StratifiedDivision stratified && initial is null
                ? OtherMembers.Train(classes.Weighted(data.Sample), stratified.HeldOut(settings.Members), settings, state)
                : null;
            NetworkParameters joined = MemberJoin.Join([.. trained.Select(m => m.ToNetwork())]);
            NetworkParameters network = inputs.Fold(silent is null ? joined : silent.Keep(start!, joined));
            return Finish(network, trained, others, inputs, division, weights, classes, keepsAll, settings);
        }
        finally
        {
            foreach (MemberTraining? member in members)
                member?.Dispose();
        }
    }

    private static TrainingInputs Inputs(TrainingData data, bool goesOn, InputEncoding? given, TrainingSettings settings)
    {
        FeatureScaling? Scaling() => settings.InputScaling == InputScaling.Standardize ? data.Standardization() : null;
        if (given is not null)
            return new GivenEncoding(given, Scaling());
        if (settings.EncodingIntervals > 0)
            return new EncodedInputs(EncodingFit.Fit(data.Sample, settings.EncodingIntervals, settings.Threads * settings.MembersAtOnce), settings.RampScale);
        return new PlainInputs(data.FeatureCount, Scaling(), keepsConstants: goesOn);
    }

    private static TrainedNetwork Finish(
        NetworkParameters joined, MemberTraining[] members, OtherMembers? others, TrainingInputs inputs, RowDivision division, float[] weights,
        ClassWeights classes, bool keepsAll,
        TrainingSettings settings)
    {
        TrainingHistory history = MemberJoin.Join([.. members.Select(m => m.History)]);
        double shift = settings.KeepsBaseRate ? -classes.LogOddsShift : 0;
        if (division.Judges is not { } judges || OutOfFoldScores.Of(members, judges, weights) is not { } outOfFold)
            return new TrainedNetwork(Affine(joined, 1, shift), history, inputs.Encoding);

        InputEncoding? encoding = inputs.Encoding;
        OutOfFoldScores networks = outOfFold;
        double share = 1;
        if (others is not null && encoding is not null)
        {
            (outOfFold, double[] by) = others.Weigh(outOfFold);
            share = by[0];
            (joined, encoding) = others.Join(joined, encoding, by);
        }
        double[] scores = [.. outOfFold.Scores.Select(s => s + shift)];
        PlattScaling? platt = settings.Calibrates ? PlattScaling.Fit(scores, outOfFold.Labels, outOfFold.Weights) : null;
        double slope = platt?.Slope ?? 1, offset = platt?.Offset ?? 0;
        scores = [.. scores.Select(s => slope * s + offset)];
        // Of two members only one was trained on a row that the other left out: nothing tells how they differ there.
        AveragingGain gain = keepsAll && members.Length > 2
            ? AveragingGain.Of(AllScores(members, judges, settings), [.. members.Select(m => m.LeftOut)], networks, slope * share, slope * shift + offset)
            : AveragingGain.None;
        QualityEstimate estimate = QualityEstimate.Of(scores, outOfFold.Labels, outOfFold.Weights, gain);
        return new TrainedNetwork(Affine(joined, slope, slope * shift + offset), history, encoding, estimate, platt);
    }

    private static float[][] AllScores(MemberTraining[] members, TrainingRows rows, TrainingSettings settings)
    {
        float[][] scores = new float[members.Length][];
        Parallel.For(0, members.Length, new ParallelOptions { MaxDegreeOfParallelism = settings.MembersAtOnce }, k => scores[k] = members[k].ScoresOf(rows));
        return scores;
    }

    // The network whose scores are slope * score + offset.
    private static NetworkParameters Affine(NetworkParameters network, double slope, double offset) => slope == 1 && offset == 0
        ? network
        : new NetworkParameters(network.W1, network.B1, network.W2 * slope, slope * network.B2 + offset, network.Activation);

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
