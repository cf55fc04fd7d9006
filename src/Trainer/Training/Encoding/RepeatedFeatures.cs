using System.Runtime.CompilerServices;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>Two features that agree in every row say the same; the second would only count it twice.</summary>
internal static class RepeatedFeatures
{
    private const int RowsToHash = 1024;

    /// <summary>Leaves out features that equal an earlier one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LeaveOut(DenseRows rows, FittedFeature[] features)
    {
        int D = rows.FeatureCount;
        var seen = new Dictionary<(float, float, int), List<int>>();
        for (int d = 0; d < D; d++)
        {
            if (!features[d].HasKnots && !features[d].IsSingle)
                continue;
            var hash = new HashCode();
            for (int i = 0; i < rows.Count; i += 1 + rows.Count / RowsToHash)
                hash.Add(rows.Values[i * D + d]);
            (float, float, int) key = (features[d].Least, features[d].Greatest, hash.ToHashCode());
            if (!seen.TryGetValue(key, out List<int>? alike))
                seen[key] = alike = [];
            if (alike.Any(other => Agree(rows, other, d)))
                features[d] = FittedFeature.LeftOut;
            else
                alike.Add(d);
        }
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
