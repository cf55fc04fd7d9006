using System.Diagnostics;
using MlNetShallowNet.Bench.Training;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Bench.Kernels;

/// <summary>Scoring 30 features by 16 hidden units on one thread, in turns with PyTorch (eager and compiled, the faster of them).</summary>
internal static class ScoringBesidePyTorch
{
    private sealed record Peer(double One, double Batch, string Version);

    public static void Run(int rounds)
    {
        Console.WriteLine("| activation | one row, ours | PyTorch | batches, ours | PyTorch | ratio (aim 2) |");
        Console.WriteLine("|-|-|-|-|-|-|");
        foreach (string activation in new[] { "tanh", "relu" })
        {
            double one = double.MaxValue, batch = 0, peerOne = double.MaxValue, peerBatch = 0;
            for (int round = 0; round < rounds; round++)
            {
                (double ownOne, double ownBatch) = Own(activation);
                (one, batch) = (Math.Min(one, ownOne), Math.Max(batch, ownBatch));
                if (Peers.Python<Peer>("score.py", activation, "1") is { } peer)
                    (peerOne, peerBatch) = (Math.Min(peerOne, peer.One), Math.Max(peerBatch, peer.Batch));
            }
            Console.WriteLine(
                $"| {activation} | {one * 1e9:F0} ns | {peerOne * 1e3:F0} ns " +
                $"| {batch / 1e6:F0} M rows/s | {peerBatch:F0} M rows/s | {batch / 1e6 / peerBatch:F1} |");
        }
    }

    private static (double One, double Batch) Own(string activation)
    {
        const int rows = 10_000;
        var random = new Random(1);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        var scorer = new PlainScorer(NetworkInitializer.Draw(30, 16, Activation.ByName(activation), WeightInitialization.Auto, 1));
        float[] x = Numbers(rows * 30), scores = new float[rows];
        double one = double.MaxValue, batch = double.MaxValue;
        for (int run = 0; run < 60; run++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < rows; i++)
                scores[i] = scorer.Score(x.AsSpan(i * 30, 30));
            one = Math.Min(one, Stopwatch.GetElapsedTime(start).TotalSeconds / rows);
            start = Stopwatch.GetTimestamp();
            scorer.Score(x, scores);
            batch = Math.Min(batch, Stopwatch.GetElapsedTime(start).TotalSeconds / rows);
        }
        return (one, 1 / batch);
    }
}
