namespace MlNetShallowNet.Network;

/// <summary>How near knots may be to each other: a column rises from one to the next by a slope that must be in single precision's range.</summary>
internal static class KnotSpacing
{
    /// <summary>By how much a column rises for each unit between two knots; infinite where these are nearer than 3e-39.</summary>
    public static float Slope(float knot, float next) => (float)(1 / ((double)next - knot));

    /// <summary>Ascending numbers as knots: without those that are too near to the one before.</summary>
    public static float[] Apart(IEnumerable<float> ascending)
    {
        var knots = new List<float>();
        foreach (float knot in ascending)
        {
            if (knots.Count == 0 || float.IsFinite(Slope(knots[^1], knot)))
                knots.Add(knot);
        }
        return [.. knots];
    }
}
