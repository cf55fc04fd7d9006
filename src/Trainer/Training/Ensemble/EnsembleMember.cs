using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Training;

/// <summary>A trained member: its network, its history, and its scores of the rows that it left out.</summary>
internal sealed class EnsembleMember
{
    private readonly List<float[]> _scores = []; // of the left-out rows, after each epoch; only the best where all would take too much room
    private readonly bool _keepsAll;

    private EnsembleMember(int[] leftOut, bool keepsAll) => (LeftOut, _keepsAll) = (leftOut, keepsAll);

    /// <summary>The rows that it was not trained on.</summary>
    public int[] LeftOut { get; }

    /// <summary>Its scores of all rows; none where it left none out, or where they would take too much room.</summary>
    public float[] AllScores { get; private set; } = [];

    /// <summary>The network as trained; not yet folded.</summary>
    public NetworkParameters Network { get; private set; } = null!;

    public TrainingHistory History { get; private set; } = TrainingHistory.None;

    /// <summary>The log loss of the rows left out after an epoch, counted from 0; after the last one as after it.</summary>
    public double LossAfter(int epoch) => History.Epochs[Math.Min(epoch, History.Epochs.Count - 1)].ValidationLoss!.Value;

    /// <summary>The scores of the rows left out after an epoch, as far as they were kept.</summary>
    public float[] ScoresAfter(int epoch) => _keepsAll ? _scores[Math.Min(epoch, _scores.Count - 1)] : _scores[0];

    /// <summary>Trains a member.</summary>
    /// <param name="inputs">The rows of all members.</param>
    /// <param name="trainOn">The rows that it is trained on; empty for all.</param>
    /// <param name="leftOut">The rows that it is judged by; none to be judged by <paramref name="validation"/>, if there is any.</param>
    /// <param name="validation">Prepared rows to be judged by instead.</param>
    /// <param name="settings">How to train; the member's own seed is in it.</param>
    /// <param name="keepAllScores">Whether to keep the scores after each epoch.</param>
    public static EnsembleMember Train(
        TrainingInputs inputs, int[] trainOn, int[] leftOut, TrainingRows? validation, TrainingSettings settings, bool keepAllScores)
    {
        var member = new EnsembleMember(leftOut, keepAllScores);
        NetworkParameters drawn = NetworkInitializer.Draw(
            inputs.DrawnFeatures, settings.HiddenUnits, settings.Activation, settings.Initialization, settings.Seed);
        var start = new NetworkParameters(drawn.W1, drawn.B1, drawn.W2, BaseRate.LogOdds(inputs.Rows), drawn.Activation);
        using INetworkInTraining network = inputs.CreateNetwork(start, settings);
        Func<BatchLoss>? validate = leftOut.Length > 0 ? () => member.Judge(network, inputs.Rows)
            : validation is not null ? () => network.LossOf(validation)
            : null;
        member.History = new EpochLoop(network, trainOn, validate, settings).Run();
        member.Network = network.ToNetwork();
        // Of two members only one was trained on a row that the other left out: nothing tells how they differ there.
        if (leftOut.Length > 0 && keepAllScores && settings.Members > 2)
            network.Scores([], member.AllScores = new float[inputs.Rows.Count]);
        return member;
    }

    private double _lowest = double.PositiveInfinity;

    private BatchLoss Judge(INetworkInTraining network, TrainingRows rows)
    {
        float[] scores = new float[LeftOut.Length];
        network.Scores(LeftOut, scores);
        BatchLoss loss = default;
        for (int i = 0; i < scores.Length; i++)
        {
            double weight = rows.Weights?[LeftOut[i]] ?? 1;
            loss += new BatchLoss(weight * LogLoss.Of(scores[i], rows.Labels[LeftOut[i]]), weight);
        }

        if (_keepsAll || _scores.Count == 0)
            _scores.Add(scores);
        else if (loss.Mean < _lowest)
            _scores[0] = scores;
        _lowest = Math.Min(_lowest, loss.Mean);
        return loss;
    }
}
