using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Training;

/// <summary>Joins members: the mean of the scores of K networks of H hidden units is the score of one network of K H hidden units.</summary>
internal static class MemberJoin
{
    /// <summary>One network whose score is the mean of the members' scores.</summary>
    public static NetworkParameters Join(IReadOnlyList<NetworkParameters> networks)
    {
        if (networks.Count == 1)
            return networks[0];
        Matrix<double> W1 = Matrix<double>.Build.DenseOfMatrixArray(Stacked(networks.Select(n => n.W1)));
        Vector<double> b1 = Vector<double>.Build.DenseOfEnumerable(networks.SelectMany(n => n.B1));
        Matrix<double> W2 = Matrix<double>.Build.DenseOfRowArrays([.. networks.SelectMany(n => n.W2.Row(0)).Select(w => w / networks.Count)]);
        return new NetworkParameters(W1, b1, W2, networks.Average(n => n.B2), networks[0].Activation);
    }

    /// <summary>The members' histories together: an epoch's losses are the means over all members, one that ended earlier counting with its
    /// last; the best epoch is the mean of theirs.</summary>
    public static TrainingHistory Join(IReadOnlyList<TrainingHistory> all)
    {
        if (all.Count == 1)
            return all[0];
        var epochs = new List<TrainingEpoch>();
        TrainingHistory[] begun = [.. all.Where(h => h.Epochs.Count > 0)];
        for (int epoch = 0; begun.Length > 0 && epoch < begun.Max(h => h.Epochs.Count); epoch++)
        {
            TrainingEpoch[] there = [.. begun.Select(h => h.Epochs[Math.Min(epoch, h.Epochs.Count - 1)])];
            epochs.Add(new TrainingEpoch(there.Average(e => e.TrainingLoss), there.Average(e => e.ValidationLoss)));
        }
        int best = (int)Math.Round(all.Average(h => h.BestEpoch), MidpointRounding.AwayFromZero);
        return new TrainingHistory(epochs, Math.Min(best, epochs.Count), all.Any(h => h.WasCancelled), all);
    }

    private static Matrix<double>[,] Stacked(IEnumerable<Matrix<double>> blocks)
    {
        Matrix<double>[] all = [.. blocks];
        var stacked = new Matrix<double>[all.Length, 1];
        for (int i = 0; i < all.Length; i++)
            stacked[i, 0] = all[i];
        return stacked;
    }
}
