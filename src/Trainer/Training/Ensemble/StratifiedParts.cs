using MathNet.Numerics.Random;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>Cuts rows into parts that have as many of each class, as nearly as can be.</summary>
internal static class StratifiedParts
{
    /// <summary>The part of each row, from 0 up to, not including, <paramref name="parts"/>.</summary>
    public static int[] Of(TrainingRows rows, int parts, int seed)
    {
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        int[] part = new int[rows.Count];
        int dealt = 0;
        foreach (float label in new[] { 0f, 1f })
        {
            int[] ofClass = [.. Enumerable.Range(0, rows.Count).Where(i => rows.Labels[i] == label)];
            random.Shuffle(ofClass);
            if (ofClass.Length < parts && parts <= rows.Count - ofClass.Length)
                dealt = 0; // to the first parts: where there are more of them than members, these are the ones left out
            foreach (int row in ofClass)
                part[row] = dealt++ % parts;
        }

        return part;
    }
}
