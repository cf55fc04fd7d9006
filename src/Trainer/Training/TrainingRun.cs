using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Network;

namespace MlNetShallowNet.Training;

/// <summary>Trains one network or an ensemble: weighs the classes, prepares the inputs, trains, and folds everything into one network.</summary>
internal static class TrainingRun
{
    /// <summary>Trains on rows in memory, which may be scaled where they stand.</summary>
    /// <param name="rows">The rows to train on.</param>
    /// <param name="validation">Rows to judge each epoch by; null for those that the settings leave out.</param>
    /// <param name="initial">The network to start from; null to draw one.</param>
    /// <param name="initialEncoding">How that network's input is represented; null where it takes raw features.</param>
    /// <param name="settings">How to train.</param>
    /// <exception cref="InvalidOperationException">The parameters ran away from finite numbers.</exception>
    public static TrainedNetwork Train(
        TrainingRows rows, TrainingRows? validation, NetworkParameters? initial, InputEncoding? initialEncoding, TrainingSettings settings)
    {
        ClassWeights classes = settings.BalancesClasses ? ClassWeights.Balanced(rows) : settings.ClassWeights;
        TrainingRows weighted = classes.Weighted(rows);
        (TrainingInputs inputs, Func<TrainingRows, TrainingRows> prepare) = Prepare(weighted, initialEncoding, settings);
        TrainingRows? judges = validation is null ? null : prepare(classes.Weighted(validation));
        TrainedNetwork trained = settings.Members > 1
            ? Ensemble(inputs, judges, rows, classes, settings)
            : Single(inputs, judges, initial, settings);
        NetworkParameters network = Shifted(inputs.Fold(trained.Network), settings.KeepsBaseRate ? -classes.LogOddsShift : 0);
        if (trained.Calibration is PlattScaling platt) // fitted to scores with that shift in them
            network = new NetworkParameters(network.W1, network.B1, network.W2 * platt.Slope, platt.Slope * network.B2 + platt.Offset, network.Activation);
        return trained with { Network = network, Encoding = inputs.Encoding };
    }

    private static (TrainingInputs Inputs, Func<TrainingRows, TrainingRows> Prepare) Prepare(
        TrainingRows rows, InputEncoding? initialEncoding, TrainingSettings settings)
    {
        if (initialEncoding is null && settings.EncodingIntervals > 0)
        {
            var encoded = new EncodedInputs(rows.ToDense(), settings.EncodingIntervals, settings.Threads);
            return (encoded, encoded.Prepare);
        }

        InputEncoding? encoding = initialEncoding;
        if (encoding is null)
        {
            var plain = new PlainInputs(rows, settings.InputScaling);
            return (plain, plain.Prepare);
        }

        var inputs = new PlainInputs(
            ClippedInputs.Encode(encoding, rows), initialEncoding is null ? settings.InputScaling : InputScaling.None, encoding);
        return (inputs, others => inputs.Prepare(ClippedInputs.Encode(encoding, others)));
    }

    /// <summary>The network to start from, on scaled features.</summary>
    public static NetworkParameters Start(int featureCount, NetworkParameters? initial, FeatureScaling? scaling, TrainingSettings settings) => initial is null
        ? NetworkInitializer.Draw(featureCount, settings.HiddenUnits, settings.Activation, settings.Initialization, settings.Seed)
        : scaling is null ? initial : FirstLayer.Changed(initial, scaling.Unfold);

    /// <summary>The same function of raw features.</summary>
    public static NetworkParameters Folded(NetworkParameters trained, FeatureScaling? scaling) =>
        scaling is null ? trained : FirstLayer.Changed(trained, scaling.Fold);

    /// <summary>The network with so much added to every score.</summary>
    public static NetworkParameters Shifted(NetworkParameters network, double shift) =>
        shift == 0 ? network : new NetworkParameters(network.W1, network.B1, network.W2, network.B2 + shift, network.Activation);

    private static TrainedNetwork Single(TrainingInputs inputs, TrainingRows? validation, NetworkParameters? initial, TrainingSettings settings)
    {
        NetworkParameters start = initial is null
            ? NetworkInitializer.Draw(inputs.DrawnFeatures, settings.HiddenUnits, settings.Activation, settings.Initialization, settings.Seed)
            : inputs.Unfold(initial);
        (int[] train, int[] heldOut) = validation is null && settings.ValidationFraction > 0
            ? HeldOutRows.Split(inputs.Rows, settings.ValidationFraction, settings.Seed)
            : ([], []);
        using INetworkInTraining network = inputs.CreateNetwork(start, settings);
        Func<BatchLoss>? validate = validation is not null ? () => network.LossOf(validation)
            : heldOut.Length > 0 ? () => network.Loss(heldOut)
            : null;
        TrainingHistory history = new EpochLoop(network, heldOut.Length > 0 ? train : [], validate, settings).Run();
        return new TrainedNetwork(network.ToNetwork(), history);
    }

    private static TrainedNetwork Ensemble(
        TrainingInputs inputs, TrainingRows? validation, TrainingRows rows, ClassWeights classes, TrainingSettings settings)
    {
        IReadOnlyList<EnsembleMember> members = EnsembleRun.Train(inputs, validation, settings);
        NetworkParameters joined = EnsembleRun.Join(members);
        TrainingHistory history = EnsembleRun.Joined(members);
        if (OutOfFoldScores.Of(members, rows) is not OutOfFoldScores outOfFold)
            return new TrainedNetwork(joined, history);

        double shift = settings.KeepsBaseRate ? -classes.LogOddsShift : 0;
        double[] scores = [.. outOfFold.Scores.Select(s => s + shift)];
        PlattScaling? platt = settings.Calibrates ? PlattScaling.Fit(scores, outOfFold.Labels, outOfFold.Weights) : null;
        double slope = platt?.Slope ?? 1, offset = platt?.Offset ?? 0;
        scores = [.. scores.Select(s => slope * s + offset)];
        AveragingGain gain = AveragingGain.Of(
            [.. members.Select(m => m.AllScores)], [.. members.Select(m => m.LeftOut)], outOfFold, slope, slope * shift + offset);
        QualityEstimate estimate = QualityEstimate.Of(scores, outOfFold.Labels, outOfFold.Weights, gain);
        return new TrainedNetwork(joined, history, Estimate: estimate, Calibration: platt);
    }
}
