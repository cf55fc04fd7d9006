using MathNet.Numerics.Random;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>Chooses the rows to hold out for validation: a fraction of each class, so that small sets keep both.</summary>
internal static class HeldOutRows
{
    /// <summary>The rows to train on and those to hold out, each in ascending order.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="fraction">The fraction to hold out, below 1.</param>
    /// <param name="seed">Where the random numbers start.</param>
    public static (int[] Train, int[] HeldOut) Split(TrainingRows rows, double fraction, int seed)
    {
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        var heldOut = new HashSet<int>();
        foreach (float label in new[] { 0f, 1f })
        {
            int[] ofClass = [.. Enumerable.Range(0, rows.Count).Where(i => rows.Labels[i] == label)];
            random.Shuffle(ofClass);
            heldOut.UnionWith(ofClass.Take((int)Math.Round(ofClass.Length * fraction)));
        }

        return ([.. Enumerable.Range(0, rows.Count).Where(i => !heldOut.Contains(i))], [.. heldOut.Order()]);
    }
}
