using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Tests.Engine;

/// <summary>The engine's calls over all rows, and networks in the course's shapes in and out of it.</summary>
internal static class EngineCalls
{
    /// <summary>The numbers of lanes that this machine has; kernels for others would run as slow software.</summary>
    public static int[] Lanes { get; } = [.. new[] { 1, 4, 8, 16 }.Where(lanes => lanes <= Hardware.WidestLanes)];

    public static BatchLoss Step(this TrainingEngine engine, TrainingRows rows, UpdateRule rule) => engine.Step(rows, RowSelection.All(rows), rule);

    public static BatchLoss Loss(this TrainingEngine engine, TrainingRows rows) => engine.Loss(rows, RowSelection.All(rows));

    public static BatchLoss Gradient(this TrainingEngine engine, TrainingRows rows, Span<float> gradient) =>
        engine.Gradient(rows, RowSelection.All(rows), gradient);

    public static float[] Scores(this TrainingEngine engine, TrainingRows rows)
    {
        var scores = new float[rows.Count];
        engine.Scores(rows, RowSelection.All(rows), scores);
        return scores;
    }

    public static void Load(this TrainingEngine engine, NetworkParameters network)
    {
        var flat = new float[engine.Layout.Count];
        engine.Layout.Pack(network, flat);
        engine.Load(flat);
    }

    public static void Load(this TrainingEngine engine, float[] w1, float[] b1, float[] w2, float b2)
    {
        var flat = new float[engine.Layout.Count];
        engine.Layout.Pack(Array.ConvertAll<float, double>([.. w1, .. b1, .. w2, b2], number => number), flat);
        engine.Load(flat);
    }
}
