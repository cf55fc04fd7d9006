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
        int units = networks.Sum(n => n.HiddenUnits), D = networks[0].FeatureCount, joined = 0;
        double[] w1 = new double[checked((long)units * D)], b1 = new double[units], w2 = new double[units];
        foreach (NetworkParameters network in networks)
        {
            int H = network.HiddenUnits;
            ReadOnlySpan<double> ofFeatures = network.W1ByFeature;
            for (int d = 0; d < D; d++)
                ofFeatures.Slice(d * H, H).CopyTo(w1.AsSpan(d * units + joined));
            for (int h = 0; h < H; h++, joined++)
                (b1[joined], w2[joined]) = (network.B1[h], network.W2[0, h] / networks.Count);
        }
        return NetworkParameters.Of(w1, b1, w2, networks.Average(n => n.B2), networks[0].Activation);
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
}
