using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training.Streaming;

/// <summary>Members of other kinds than networks, where rows are streamed: they are fitted to the sample.</summary>
public class StreamedMembersTests
{
    private const int Columns = 120, Count = 3000, SampleBytes = 1 << 20;

    /// <summary>Rows that a line tells apart, and nothing else does.</summary>
    private static DenseRows Lines(int count, int seed)
    {
        var random = new Random(seed);
        float[] values = new float[count * Columns], labels = new float[count];
        for (int i = 0; i < count; i++)
        {
            Span<float> row = values.AsSpan(i * Columns, Columns);
            double score = 0;
            for (int d = 0; d < Columns; d++)
            {
                row[d] = random.NextSingle() * 2 - 1;
                score += (d % 2 == 0 ? 0.5 : -0.5) * row[d];
            }
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-score)) ? 1 : 0;
        }
        return new DenseRows(Columns, values, labels, null);
    }

    private static TrainingData Streamed(DenseRows rows) => TrainingProblem.Streamed(new WatchedStream(rows, 500), rows, SampleBytes);

    private static ShallowNetworkTrainer.Options Options(int threads = 2) =>
        new() { Members = 2, Activation = Activation.Gelu, NumberOfIterations = 2, NumberOfThreads = threads };

    [Fact]
    public void ANetworkOfManyColumnsHasItsLine()
    {
        DenseRows rows = Lines(Count, seed: 1);
        using TrainingData data = Streamed(rows);
        Assert.InRange(data.Sample.Count, 500, Count - 1);
        TrainedNetwork networks = TrainingProblem.Train(data, Options());
        // Two hidden units are z and -z of the line, for g(z) - g(-z) = z. It reads every column.
        double[][] units = networks.Network.W1.ToRowArrays();
        Assert.Single(units.Zip(units.Skip(1)), pair =>
            pair.First.Count(w => w != 0) >= Columns && pair.First.Zip(pair.Second).All(w => w.First == -w.Second));

        using TrainingData again = Streamed(rows);
        Assert.Equal(TrainingProblem.All(networks), TrainingProblem.All(TrainingProblem.Train(again, Options(threads: 1))));
    }

    [Fact]
    public void TheirScoresOfRowsThatNetworksLeaveOutAreOfFitsWithoutThem()
    {
        using TrainingData data = Streamed(Lines(Count, seed: 1));
        IRowBlocks blocks = data.Prepared(rows => rows, shuffles: false);
        TrainingSettings settings = MlNetShallowNet.Options.Plan.Make(Options(), data.Shape, null, seed: 1);
        RowDivision division = data.Divide(blocks, rows => rows, settings);
        HeldOutParts parts = division.HeldOut(settings.Members)!;
        Assert.Equal(settings.Members, parts.Count);
        Assert.Equal(data.Sample.Count, parts.PartOf.Length);
        for (int member = 0; member < settings.Members; member++)
            Assert.Equal(division.LeftOut(member), parts.RowsOf(member));
    }
}
