using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>Two features that agree in every row say the same; the second would only count it twice.</summary>
internal static class RepeatedFeatures
{
    /// <summary>Leaves out features that equal an earlier one.</summary>
    public static void LeaveOut(DenseRows rows, FittedFeature[] features)
    {
        HashCode[] hashes = Hashes(rows);
        var seen = new Dictionary<int, List<int>>();
        for (int d = 0; d < features.Length; d++)
        {
            if (!features[d].HasKnots && !features[d].IsSingle)
                continue;
            int hash = hashes[d].ToHashCode();
            if (!seen.TryGetValue(hash, out List<int>? alike))
                seen[hash] = alike = [];
            if (alike.Exists(other => Agree(rows, other, d)))
                features[d] = FittedFeature.LeftOut with { Least = features[d].Least, Greatest = features[d].Greatest };
            else
                alike.Add(d);
        }
    }

    // Of all rows: rare words agree in almost all of them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static HashCode[] Hashes(DenseRows rows)
    {
        var hashes = new HashCode[rows.FeatureCount];
        for (int start = 0; start < rows.Values.Length; start += hashes.Length)
        {
            for (int d = 0; d < hashes.Length; d++)
                hashes[d].Add(rows.Values[start + d]);
        }
        return hashes;
    }

    private static bool Agree(DenseRows rows, int a, int b)
    {
        for (int start = 0; start < rows.Values.Length; start += rows.FeatureCount)
        {
            if (rows.Values[start + a] != rows.Values[start + b])
                return false;
        }
        return true;
    }
}
