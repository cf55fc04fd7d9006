using System.Diagnostics;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Network;
using MlNetShallowNet.Optimization;

namespace MlNetShallowNet.Bench.Training;

/// <summary>Our side: the engine trains one configuration, starting from weights of the scale that PyTorch draws.</summary>
internal static class OwnTraining
{
    public static TrainingTime Run(Configuration configuration, string activation, int threads, string folder)
    {
        TrainingRows rows = TrainingData.Read(configuration, folder);
        using var engine = new BackpropagationEngine(
            configuration.Features, configuration.HiddenUnits, Activation.ByName(activation), configuration.Batch, threads);
        var random = new Random(1);
        DrawWeights(engine, configuration, random);
        IUpdateRule rule = configuration.IsFullBatch ? new GradientDescent(1.2f) : new Adam(0.001f);
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        int group = rows.Count < 1000 ? Math.Max(1, configuration.Epochs / 20) : 1;

        List<double> times = [], used = [];
        long allocated = 0;
        for (int epoch = 0; epoch < configuration.Epochs; epoch += group)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true), start = Stopwatch.GetTimestamp();
            TimeSpan usedBefore = Environment.CpuUsage.TotalTime;
            for (int i = 0; i < group; i++)
                Epoch();
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds / group);
            used.Add((Environment.CpuUsage.TotalTime - usedBefore).TotalSeconds / group);
            if (epoch > 0)
                allocated += GC.GetTotalAllocatedBytes(precise: true) - before;
        }
        times.Sort();
        return new TrainingTime(
            "engine", Environment.Version.ToString(), configuration.Name, activation, threads.ToString(), times[0], times[times.Count / 2],
            used.Min(), engine.Loss(rows).Mean, Process.GetCurrentProcess().PeakWorkingSet64 / 1024.0 / 1024, allocated);

        void Epoch()
        {
            if (configuration.IsFullBatch)
            {
                engine.Step(rows, rule);
                return;
            }
            random.Shuffle(order);
            for (int start = 0; start < order.Length; start += configuration.Batch)
                engine.Step(rows, order.AsSpan(start, Math.Min(configuration.Batch, order.Length - start)), rule);
        }
    }

    // PyTorch's Linear: W and b uniform within ±1/√inputs; for sparse rows W1 normal with deviation 0.05 and b1 zero, as the peer's script.
    private static void DrawWeights(BackpropagationEngine engine, Configuration configuration, Random random)
    {
        int D = configuration.Features, H = configuration.HiddenUnits;
        float[] w1 = new float[H * D], b1 = new float[H], w2 = new float[H];
        double first = 1 / Math.Sqrt(D), second = 1 / Math.Sqrt(H);
        for (int i = 0; i < w1.Length; i++)
            w1[i] = configuration.IsSparse ? (float)(0.05 * Normal()) : Uniform(first);
        for (int i = 0; i < H; i++)
            b1[i] = configuration.IsSparse ? 0 : Uniform(first);
        for (int i = 0; i < H; i++)
            w2[i] = Uniform(second);
        engine.Load(w1, b1, w2, Uniform(second));

        float Uniform(double limit) => (float)((2 * random.NextDouble() - 1) * limit);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
