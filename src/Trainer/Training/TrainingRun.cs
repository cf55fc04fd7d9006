using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Network;

namespace MlNetShallowNet.Training;

/// <summary>
/// From rows to a network: prepares the rows, trains the members, joins them, calibrates the result, and folds all of it into one network.
/// The same for rows in memory and streamed, for one member and for many.
/// </summary>
internal sealed class TrainingRun : IDisposable
{
    // Scores kept for all epochs, so that the estimate is honest; with more rows choosing an epoch hardly flatters anyway.
    private const long MostScoresKept = 1 << 25;

    private readonly TrainingData _data;
    private readonly TrainingSettings _settings;
    private readonly ClassWeights _classes;
    private readonly float[] _weights;
    private readonly RowSubset? _forTrees;
    private readonly TrainingInputs _inputs;
    private readonly TrainingRows? _judges;
    private readonly NetworkParameters? _start;
    private readonly SilentColumns? _silent;
    private readonly IRowBlocks _blocks;
    private readonly RowDivision _division;
    private readonly bool _keepsAll;
    private readonly MemberTraining?[] _members;
    private readonly RunState _state;

    /// <summary>Prepares the rows.</summary>
    /// <param name="data">The rows to train on, which may be scaled where they stand.</param>
    /// <param name="validation">Rows to judge each epoch by; null for those that members leave out.</param>
    /// <param name="initial">The network to start from; null to draw one.</param>
    /// <param name="initialEncoding">How that network's input is represented; null where it takes raw features.</param>
    /// <param name="settings">How to train.</param>
    /// <exception cref="ArgumentException">The first layer would be too large.</exception>
    /// <exception cref="InvalidOperationException">The solver cannot take a stream.</exception>
    public TrainingRun(
        TrainingData data, TrainingRows? validation, NetworkParameters? initial, InputEncoding? initialEncoding, TrainingSettings settings)
    {
        if (data.IsStreamed && UpdateRules.TakesAllRows(settings.Solver))
        {
            throw new InvalidOperationException(
                $"The solver {settings.Solver} needs all {data.Count} rows in memory, and they exceed the memory budget. " +
                "Raise the budget, or use a solver of mini-batches such as Adam.");
        }
        _data = data;
        (double positive, double all) = data.Weight;
        _classes = settings.BalancesClasses ? ClassWeights.Balanced(positive, all) : settings.ClassWeights;
        (positive, all) = _classes.Applied(positive, all);
        _settings = settings = settings with
        {
            MeanWeight = all / data.Count,
            StartScore = settings.StartsAtBaseRate ? BaseRate.LogOdds(positive, all, data.Count) : 0,
            FanIn = data.Sample is SparseRows sparse ? Math.Max(1, sparse.MeanNonZeros) : null,
            Progress = settings.Progress is null ? null : new OneAtATime(settings.Progress),
        };
        _forTrees = settings.Trees is { } trees ? RowSubset.Spread(data.Sample, trees.MostRows) : null;
        // Line and trees are fitted to the rows as they are.
        bool keepsRows = !data.IsStreamed && (settings.Line is not null || _forTrees is { Which: null });
        _inputs = Inputs(data, initial is not null, initialEncoding, settings, keepsRows);
        if (initial is null)
            FirstLayer.Check((long)settings.Members * settings.HiddenUnits, _inputs.ColumnCount, _inputs.Encoding is null ? "features" : "columns of encoded features");
        _judges = validation is null ? null : Prepare(InFormOf(data, validation));
        _weights = data.Sample.Weights ?? [];
        _start = initial is null ? null : _inputs.Unfold(new(initial.W1, initial.B1, initial.W2, initial.B2 + Shift, initial.Activation));
        _silent = _start is null ? null : new SilentColumns(_inputs.ColumnCount);
        _blocks = data.Prepared(rows => _silent?.Note(Prepare(rows)) ?? Prepare(rows), settings.Shuffle);
        _division = validation is null && settings.ValidationFraction > 0 ? data.Divide(_blocks, Prepare, settings) : new NoDivision();
        _keepsAll = (_division.Judges?.Count ?? 0L) * settings.Epochs <= MostScoresKept;
        _members = new MemberTraining[settings.Members];
        _state = new RunState(_members, _silent, data, settings);
    }

    /// <summary>Trains and joins all members.</summary>
    /// <inheritdoc cref="TrainingRun(TrainingData, TrainingRows?, NetworkParameters?, InputEncoding?, TrainingSettings)"/>
    /// <exception cref="InvalidOperationException">The parameters ran away from finite numbers, or the solver cannot take a stream.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled before an epoch was finished.</exception>
    public static TrainedNetwork Train(
        TrainingData data, TrainingRows? validation, NetworkParameters? initial, InputEncoding? initialEncoding, TrainingSettings settings)
    {
        using var run = new TrainingRun(data, validation, initial, initialEncoding, settings);
        return run.Train();
    }

    /// <summary>Trains and joins all members, from the checkpoint on where there is one.</summary>
    /// <param name="take">Takes members that were trained elsewhere.</param>
    /// <exception cref="InvalidOperationException">The parameters ran away from finite numbers.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled before an epoch was finished.</exception>
    public TrainedNetwork Train(Action? take = null)
    {
        MemberTraining[] members = [.. Enumerable.Range(0, _members.Length).Select(Member)];
        _state.Restore();
        take?.Invoke();
        EpochLoop.Run(_blocks, members, _settings.MembersAtOnce, _state.EndEpoch, _settings.CancellationToken);
        _state.Keep();
        return Join();
    }

    /// <summary>Trains one member, with all threads; it does not matter where the others are trained.</summary>
    /// <param name="number">Which, counted from 0.</param>
    /// <param name="result">Takes what joining needs of it.</param>
    /// <param name="cancellation">Ends training, as the settings' does.</param>
    /// <exception cref="InvalidOperationException">The parameters ran away from finite numbers.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public void Train(int number, StateExchange result, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _settings.CancellationToken);
        using MemberTraining member = Begin(
            _settings.Of(number) with { Threads = _settings.Threads * _settings.MembersAtOnce, CancellationToken = either.Token });
        EpochLoop.Run(_blocks, [member], 1, () => { }, either.Token);
        either.Token.ThrowIfCancellationRequested();
        member.ExchangeResult(result);
    }

    /// <summary>Takes a member that was trained elsewhere.</summary>
    /// <param name="number">Which, counted from 0.</param>
    /// <param name="result">What its training gave.</param>
    public void Take(int number, StateExchange result) => Member(number).ExchangeResult(result);

    /// <summary>One network of all members that finished an epoch.</summary>
    /// <exception cref="OperationCanceledException">None did.</exception>
    public TrainedNetwork Join()
    {
        MemberTraining[] trained = [.. _members.OfType<MemberTraining>().Where(m => m.History.BestEpoch > 0)];
        if (trained.Length == 0)
            throw new OperationCanceledException("Training was cancelled before its first epoch was finished.", _settings.CancellationToken);
        OutOfFoldScores? networks = _division.Judges is { } judges ? OutOfFoldScores.Of(trained, judges, _weights) : null;
        // Of two members only one was trained on a row that the other left out: nothing tells how they differ there.
        float[][] all = networks is not null && _keepsAll && trained.Length > 2 ? AllScores(trained, _division.Judges!, networks.Rows, _settings) : [];
        AveragingGain Gain(double slope, double offset) => all.Length == 0 ? AveragingGain.None
            : AveragingGain.Of(all, [.. trained.Select(m => m.LeftOut)], networks!, slope, offset);
        // Trees that are grown once, without a part of the rows, stay as they are; others become better, too, when they are grown on all rows or averaged.
        if (_settings.Trees is { Parts: 1 })
            networks = networks?.With(Gain(1, 0));
        // Of a stream they are trained on its sample, among whose rows are all that the networks leave out.
        OtherMembers? others = _start is null && networks is not null && _division.HeldOut(_settings.Members) is { } parts
            ? OtherMembers.Train(ByMeanWeight(_data.Sample), _forTrees is null ? null : _forTrees with { Rows = ByMeanWeight(_forTrees.Rows) }, parts, AsTrained(networks), _settings, _state)
            : null;
        NetworkParameters joined = MemberJoin.Join([.. trained.Select(m => m.ToNetwork())]);
        return Finish(_inputs.Fold(_silent is null ? joined : _silent.Keep(_start!, joined)), trained, networks, others, Gain);
    }

    public void Dispose()
    {
        foreach (MemberTraining? member in _members)
            member?.Dispose();
    }

    private MemberTraining Member(int number) => _members[number] ??= Begin(_settings.Of(number));

    private MemberTraining Begin(TrainingSettings settings) =>
        new(_inputs, _data.Count, _division, _judges, _start, settings, _keepsAll);

    // With weights of mean 1: penalties and least sizes are meant for rows, whatever the unit of their weights.
    private TrainingRows ByMeanWeight(TrainingRows rows) => _classes.Over(_settings.MeanWeight).Weighted(rows);

    // Of dense rows a feature's zeros count as its other values do, also where fewer of the rows to judge by have others.
    private static TrainingRows InFormOf(TrainingData data, TrainingRows rows)
    {
        rows = data.Occurring?.Only(rows) ?? rows;
        return data.Sample is DenseRows ? rows.ToDense() : rows;
    }

    private TrainingRows Prepare(TrainingRows rows) => _inputs.Prepare(_classes.Weighted(rows));

    private static TrainingInputs Inputs(TrainingData data, bool goesOn, InputEncoding? given, TrainingSettings settings, bool keepsRows)
    {
        FeatureScaling? Scaling() => settings.InputScaling == InputScaling.Standardize ? data.Standardization() : null;
        if (given is not null)
            return new GivenEncoding(given, Scaling());
        if (settings.EncodingIntervals > 0)
        {
            FeatureCross[] crosses = settings.CrossFeatures ? data.Crosses : [];
            FittedFeature[] features = EncodingFit.Fit(
                data.Sample, settings.EncodingIntervals, settings.Threads * settings.MembersAtOnce, data.Shape.IsFarWider, settings.KnotsAtValues,
                d => Array.Exists(crosses, cross => cross.Has(d)));
            return new EncodedInputs(features, settings.RampScale, keepsRows, crosses);
        }
        return new PlainInputs(data.FeatureCount, Scaling(), keepsConstants: goesOn);
    }

    // Scores are of the classes' weights that were trained with until they are shifted, so that is how kinds of members are judged.
    private OutOfFoldScores AsTrained(OutOfFoldScores scores) => scores.WeightedBy(_division.Judges!.Weights ?? []);

    // By how much class weights move the scores in training, which the model does not keep.
    private double Shift => _settings.KeepsBaseRate ? _classes.LogOddsShift : 0;

    private TrainedNetwork Finish(
        NetworkParameters joined, MemberTraining[] members, OutOfFoldScores? networks, OtherMembers? others, Func<double, double, AveragingGain> gainAt)
    {
        double shift = -Shift;
        TrainingHistory history = MemberJoin.Join([.. members.Select(m => m.History)]);
        if (networks is null)
            return new TrainedNetwork(Affine(joined, 1, shift), history, OfModel(_inputs.Encoding));

        InputEncoding? encoding = _inputs.Encoding;
        OutOfFoldScores outOfFold = networks;
        double share = 1;
        if (others is not null && encoding is not null)
        {
            (outOfFold, double[] by) = others.Weigh(AsTrained(outOfFold));
            outOfFold = outOfFold.WeightedBy(_weights);
            share = by[0];
            (joined, encoding) = others.Join(joined, encoding, by);
        }
        double[] scores = [.. outOfFold.Scores.Select(s => s + shift)];
        PlattScaling? platt = _settings.Calibrates ? PlattScaling.Fit(scores, outOfFold.Labels, (_settings.KeepsBaseRate ? outOfFold : AsTrained(outOfFold)).Weights) : null;
        double slope = platt?.Slope ?? 1, offset = platt?.Offset ?? 0;
        scores = [.. scores.Select(s => slope * s + offset)];
        AveragingGain gain = gainAt(slope * share, slope * shift + offset);
        QualityEstimate estimate = QualityEstimate.Of(scores, outOfFold.Labels, outOfFold.Weights, gain);
        return new TrainedNetwork(Affine(joined, slope, slope * shift + offset), history, OfModel(encoding), estimate, platt);
    }

    private InputEncoding? OfModel(InputEncoding? encoding) => encoding is not null && _data.Occurring is { } some ? some.OfAll(encoding) : encoding;

    private static float[][] AllScores(MemberTraining[] members, TrainingRows rows, int[] which, TrainingSettings settings)
    {
        float[][] scores = new float[members.Length][];
        Parallel.For(0, members.Length, new ParallelOptions { MaxDegreeOfParallelism = settings.MembersAtOnce }, k => scores[k] = members[k].ScoresOf(rows, which));
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
