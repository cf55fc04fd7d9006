using MlNetShallowNet.DataViews;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Options;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.Tests.Training;

/// <summary>Rows of several kinds to train on, in memory or as a stream that is watched.</summary>
internal static class TrainingProblem
{
    /// <summary>Four features, of which the first two decide.</summary>
    public static DenseRows Dense(int count = 600, int seed = 7, bool weighted = false)
    {
        List<TestRows.Row> rows = TestRows.Rows(count, seed);
        return new DenseRows(
            4, [.. rows.SelectMany(r => r.Features)], [.. rows.Select(r => r.Label ? 1f : 0f)], weighted ? [.. rows.Select(r => r.Weight)] : null);
    }

    /// <summary>Three features that all rows have and 80 of which each has four or so.</summary>
    public static SparseRows Sparse(int count = 600, int seed = 7)
    {
        const int features = 83;
        var random = new Random(seed);
        float[] values = new float[count * features], labels = new float[count];
        for (int i = 0; i < count; i++)
        {
            Span<float> row = values.AsSpan(i * features, features);
            for (int d = 0; d < 3; d++)
                row[d] = random.NextSingle() * 4 - 2;
            for (int d = 3; d < features; d++)
                row[d] = random.Next(20) == 0 ? 1 + random.Next(3) : 0;
            labels[i] = row[0] * row[1] + row[3..43].IndexOfAnyExcept(0f) * 0.02f > 0.1 ? 1 : 0;
        }
        return EngineProblem.Sparse(features, values, labels, null);
    }

    /// <summary>The rows as training takes them: copied, for they are scaled where they stand.</summary>
    public static TrainingData Data(TrainingRows rows, int? blockRows = null) =>
        blockRows is int block ? Streamed(new WatchedStream(rows, block), rows) : new DataInMemory(rows.Copy());

    /// <summary>A stream as training takes it.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="rows">The rows that passed when they were read first.</param>
    /// <param name="sampleBytes">What the sample of them may take.</param>
    public static TrainingData Streamed(IRowStream stream, TrainingRows rows, long sampleBytes = 1 << 14)
    {
        var totals = new RowTotals(rows.FeatureCount, rows.Weights is not null, rows is SparseRows, seed: 1, sampleBytes);
        totals.Add(rows);
        return new StreamedData(stream, totals.Moments, totals.Sample.ToRows(), totals.Sample.Numbers, totals.Sample.Bound, totals.Weight);
    }

    /// <summary>Trains as the trainer does.</summary>
    public static TrainedNetwork Train(
        TrainingData data, ShallowNetworkTrainer.Options options, NetworkParameters? initial = null, InputEncoding? encoding = null, TrainingRows? validation = null,
        ICheckpoint? checkpoint = null) =>
        TrainingRun.Train(
            data, validation, initial, encoding, Plan.Make(options, data.ShapeFor(Plan.MayCross(options, initial is not null)), initial is null ? null : (initial.HiddenUnits, initial.Activation, NetworkUnion.SteepUnits(initial)), seed: 1) with { Checkpoint = checkpoint });

    /// <summary>All parameters.</summary>
    public static double[] All(TrainedNetwork trained) =>
        [.. trained.Network.W1.ToRowMajorArray(), .. trained.Network.B1, .. trained.Network.W2.ToRowMajorArray(), trained.Network.B2];

    /// <summary>Some rows of some rows, in arrays of their own.</summary>
    public static TrainingRows Part(TrainingRows rows, int from, int count)
    {
        var builder = new RowsBuilder(rows.FeatureCount, rows.Weights is not null, rows is SparseRows);
        for (int i = from; i < from + count; i++)
            builder.Add(rows, i);
        return builder.ToRows();
    }

}

/// <summary>Rows in memory that pass as a stream.</summary>
/// <param name="rows">The rows.</param>
/// <param name="blockRows">Rows of a block.</param>
/// <param name="passing">Told of every block that is about to pass: the epoch, from 1, and its first row.</param>
internal sealed class WatchedStream(TrainingRows rows, int blockRows, Action<int, int>? passing = null) : IRowStream
{
    private int _epoch;

    public int FeatureCount => rows.FeatureCount;

    public long RowCount => rows.Count;

    public IEnumerable<RowBlock> Blocks(int? epoch, CancellationToken cancellation)
    {
        _epoch++;
        for (int from = 0; from < rows.Count; from += blockRows)
        {
            passing?.Invoke(_epoch, from);
            cancellation.ThrowIfCancellationRequested();
            TrainingRows block = TrainingProblem.Part(rows, from, Math.Min(blockRows, rows.Count - from));
            yield return new RowBlock(block, new RowRun(from, block.Count));
        }
    }
}
