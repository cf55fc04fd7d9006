using System.Diagnostics;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.Bench.Training;

/// <summary>Our side: the engine trains one configuration, with the weights that the peers start from and their order of the rows.</summary>
internal static class OwnTraining
{
    public static TrainingTime Run(Configuration configuration, string activation, int threads, string folder, int round)
    {
        TrainingRows rows = TrainingData.Read(configuration, folder);
        using var engine = new TrainingEngine(
            configuration.Features, configuration.HiddenUnits, Activation.ByName(activation), configuration.Batch, threads);
        float[] network = new float[engine.Layout.Count];
        float[] parameters = [.. new[] { "w1", "b1", "w2", "b2" }.SelectMany(name => TrainingData.Read<float>(folder, $"{name}.f32"))];
        engine.Layout.Pack(Array.ConvertAll(parameters, number => (double)number), network);
        engine.Load(network);
        UpdateRule rule = configuration.IsFullBatch ? new GradientDescent(1.2f) : new Adam(0.001f);
        int[] orders = configuration.IsFullBatch ? [] : TrainingData.Read<int>(folder, $"order{round}.i32");
        int group = rows.Count < 1000 ? Math.Max(1, configuration.Epochs / 20) : 1;

        List<double> times = [], used = [];
        long allocated = 0;
        for (int epoch = 0; epoch < configuration.Epochs; epoch += group)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true), start = Stopwatch.GetTimestamp();
            TimeSpan usedBefore = Environment.CpuUsage.TotalTime;
            for (int i = 0; i < group; i++)
                Epoch(epoch + i);
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds / group);
            used.Add((Environment.CpuUsage.TotalTime - usedBefore).TotalSeconds / group);
            if (epoch > 0)
                allocated += GC.GetTotalAllocatedBytes(precise: true) - before;
        }
        times.Sort();
        return new TrainingTime(
            "engine", Environment.Version.ToString(), configuration.Name, activation, threads.ToString(), times[0], times[times.Count / 2],
            used.Min(), engine.Loss(rows, RowSelection.All(rows)).Mean, Process.GetCurrentProcess().PeakWorkingSet64 / 1024.0 / 1024, Allocated: allocated, Round: round);

        void Epoch(int epoch)
        {
            if (configuration.IsFullBatch)
            {
                engine.Step(rows, RowSelection.All(rows), rule);
                return;
            }
            RowSelection order = ((RowSelection)orders).Slice(epoch * rows.Count, rows.Count);
            for (int from = 0; from < order.Count; from += configuration.Batch)
                engine.Step(rows, order.Slice(from, Math.Min(configuration.Batch, order.Count - from)), rule);
        }
    }
}
