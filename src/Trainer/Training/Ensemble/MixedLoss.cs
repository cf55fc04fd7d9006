namespace MlNetShallowNet.Training;

/// <summary>
/// The log loss of the networks together with a member of another kind, each counting as much as it will when all are joined: what that member
/// is worth beside them, which its own loss does not tell.
/// </summary>
internal sealed class MixedLoss
{
    private readonly double[] _networks, _labels, _weights;
    private readonly int[] _at;
    private readonly double _gain;

    /// <param name="networks">The networks' scores of rows that they left out.</param>
    /// <param name="rows">The rows that the other member left out.</param>
    public MixedLoss(OutOfFoldScores networks, int[] rows)
    {
        Dictionary<int, int> place = rows.Select((row, i) => (row, i)).ToDictionary(r => r.row, r => r.i);
        int[] kept = [.. Enumerable.Range(0, networks.Rows.Length).Where(i => place.ContainsKey(networks.Rows[i]))];
        _at = [.. kept.Select(i => place[networks.Rows[i]])];
        _networks = [.. kept.Select(i => networks.Scores[i])];
        _labels = [.. kept.Select(i => networks.Labels[i])];
        _weights = [.. kept.Select(i => networks.Weights[i])];
        _gain = networks.AveragingGain;
    }

    /// <summary>The loss at some scores of the other member, in the order of its rows.</summary>
    public double Of(double[] scores)
    {
        double[] other = [.. _at.Select(i => scores[i])];
        double[] v = MemberWeights.Fit([_networks, other], _labels, _weights, _gain);
        double loss = 0;
        for (int i = 0; i < other.Length; i++)
            loss += _weights[i] * LogLoss.Of(v[0] * _networks[i] + v[1] * other[i], _labels[i]);
        return loss / _weights.Sum() - v[0] * v[0] * _gain;
    }
}
