using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

/// <summary>Features that say more together than one by one.</summary>
public class CrossTests
{
    private const int Months = 4, Days = 7, Colours = 3, Words = 60;

    /// <summary>What the label depends on.</summary>
    public enum Kind
    {
        /// <summary>Month, day and colour, each by itself.</summary>
        Each,

        /// <summary>The date, and in a smaller measure the colour.</summary>
        Date,

        /// <summary>Whether month and colour are the same.</summary>
        SameNumber,
    }

    /// <summary>Rows of a month, a day, a number that follows no calendar, a colour as three features, and a word as sixty.</summary>
    private static SparseRows Rows(Kind kind, int count, int seed, bool oneHotMonths = false, bool weighted = false)
    {
        var effects = new Random(5);
        double[] ofDate = [.. Enumerable.Range(0, Months * Days).Select(_ => effects.Next(2) == 0 ? -1.5 : 1.5)];
        var random = new Random(seed);
        int months = oneHotMonths ? Months : 1, D = months + 2 + Colours + Words;
        float[] values = new float[count * D], labels = new float[count];
        for (int i = 0; i < count; i++)
        {
            Span<float> row = values.AsSpan(i * D, D);
            int month = random.Next(Months), day = random.Next(Days), colour = random.Next(Colours), word = random.Next(Words);
            if (oneHotMonths)
                row[month] = 1;
            else
                row[0] = month; // 0 is a month, too
            row[months] = day + 1;
            row[months + 1] = random.NextSingle() * 3 - 1;
            row[months + 2 + colour] = 1;
            row[months + 2 + Colours + word] = 1;
            double score = kind switch
            {
                Kind.Each => 0.6 * month - 0.4 * day + colour,
                Kind.Date => ofDate[month * Days + day] + 0.3 * colour,
                _ => month == colour ? 1.5 : -1.5,
            };
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-score)) ? 1 : 0;
        }

        return EngineProblem.Sparse(D, values, labels, weighted ? [.. Enumerable.Repeat(2f, count)] : null);
    }

    private static FeatureCross[] Crosses(TrainingRows rows) => new DataInMemory(rows).Crosses;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void TheDateIsFoundWhereItTells(bool oneHotMonths, bool weighted)
    {
        int months = oneHotMonths ? Months : 1;
        Assert.Equal([new FeatureCross(0, months, months, 1)], Crosses(Rows(Kind.Date, 6_000, seed: 1, oneHotMonths, weighted)));
    }

    [Fact]
    public void ANumberAndAOneHotColumnAreFoundTogether() =>
        Assert.Equal([new FeatureCross(0, 1, 3, Colours)], Crosses(Rows(Kind.SameNumber, 6_000, seed: 2)));

    [Theory]
    [InlineData(Kind.Each, 6_000)]
    [InlineData(Kind.Date, 2_000)] // 28 dates want 2,800 rows
    public void NothingIsFoundWhereEachTellsAllOrRowsAreFew(Kind kind, int count) => Assert.Empty(Crosses(Rows(kind, count, seed: 3)));

    [Fact]
    public void NothingIsFoundInSmallWeightsEither()
    {
        SparseRows rows = Rows(Kind.Each, 6_000, seed: 3);
        Assert.Empty(Crosses(new SparseRows(rows.FeatureCount, rows.RowStarts, rows.Indices, rows.Values, rows.Labels, [.. rows.Labels.Select(_ => 1e-5f)])));
    }

    [Fact]
    public void DenseRowsHaveTreesForIt() => Assert.Empty(Crosses(Rows(Kind.Date, 6_000, seed: 1).ToDense()));

    [Fact]
    public void WordsOfWhichARowHasManyAreNotTried()
    {
        // Thousands of columns of 0 and 1, two of which decide together: to try all pairs of them would take long, and much memory.
        const int features = 3_000, rows = 5_000, each = 40;
        var random = new Random(1);
        int[] indices = [.. Enumerable.Range(0, rows).SelectMany(_ => Enumerable.Range(0, each).Select(_ => random.Next(features)).Distinct().Order().Take(each - 5))];
        int[] starts = new int[rows + 1];
        for (int i = 0, k = 0; i < rows; i++)
        {
            for (k++; k < indices.Length && indices[k] > indices[k - 1]; k++)
            {
            }
            starts[i + 1] = k;
        }
        float[] labels = [.. Enumerable.Range(0, rows).Select(i => (float)(i % 2))];
        Assert.Empty(Crosses(new SparseRows(features, starts, indices, [.. indices.Select(_ => 1f)], labels)));
    }

    [Fact]
    public void LabelsWithoutAnyRelationCrossNothing()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            SparseRows rows = Rows(Kind.Each, 4_000, seed);
            var random = new Random(seed);
            for (int i = 0; i < rows.Count; i++)
                rows.Labels[i] = random.Next(2);
            Assert.Empty(Crosses(rows));
        }
    }

    private static ShallowNetworkTrainer.Options Options(bool cross = true, int threads = 2) => new()
    {
        CrossFeatures = cross,
        Members = 3,
        HiddenUnits = 24,
        NumberOfIterations = 8,
        NumberOfThreads = threads,
    };

    private static double LossOf(TrainedNetwork trained, SparseRows rows)
    {
        ModelScorer scorer = trained.CreateScorer();
        double sum = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            (int start, int count) = rows.Row(i);
            sum += LogLoss.Of(scorer.Score(rows.Indices.AsSpan(start, count), rows.Values.AsSpan(start, count)), rows.Labels[i]);
        }
        return sum / rows.Count;
    }

    [Fact]
    public void ANetworkThatReadsThemTogetherIsBetterAndTheSameAtAnyNumberOfThreads()
    {
        SparseRows rows = Rows(Kind.Date, 8_000, seed: 1), others = Rows(Kind.Date, 4_000, seed: 9);
        TrainedNetwork with = TrainingProblem.Train(TrainingProblem.Data(rows), Options()), without = TrainingProblem.Train(TrainingProblem.Data(rows), Options(cross: false));
        Assert.Equal([new FeatureCross(0, 1, 1, 1)], with.Encoding!.Crosses.ToArray());
        Assert.Equal(0, without.Encoding!.Crosses.Length);
        Assert.InRange(LossOf(with, others), 0, LossOf(without, others) - 0.01);
        Assert.Equal(TrainingProblem.All(with), TrainingProblem.All(TrainingProblem.Train(TrainingProblem.Data(rows), Options(threads: 1))));
    }

    [Fact]
    public void AStreamIsReadTogetherAsRowsInMemoryAre()
    {
        SparseRows rows = Rows(Kind.Date, 8_000, seed: 1);
        using TrainingData data = TrainingProblem.Streamed(new WatchedStream(rows, 500), rows, sampleBytes: 1 << 20);
        Assert.True(data.IsStreamed);
        TrainedNetwork streamed = TrainingProblem.Train(data, Options()), inMemory = TrainingProblem.Train(TrainingProblem.Data(rows), Options());
        Assert.Equal(inMemory.Encoding!.Crosses.ToArray(), streamed.Encoding!.Crosses.ToArray());
        SparseRows others = Rows(Kind.Date, 4_000, seed: 9);
        Assert.Equal(LossOf(inMemory, others), LossOf(streamed, others), 0.02);
    }

    [Fact]
    public void TrainingGoesOnFromSuchANetwork()
    {
        SparseRows rows = Rows(Kind.Date, 8_000, seed: 1), others = Rows(Kind.Date, 4_000, seed: 9);
        TrainedNetwork trained = TrainingProblem.Train(TrainingProblem.Data(rows), Options());
        TrainedNetwork after = TrainingProblem.Train(
            TrainingProblem.Data(Rows(Kind.Date, 4_000, seed: 2)), new() { NumberOfIterations = 1, LearningRate = 1e-4 }, trained.Network, trained.Encoding);
        Assert.Same(trained.Encoding, after.Encoding);
        Assert.Equal(LossOf(trained, others), LossOf(after, others), 0.01);
    }

    [Fact]
    public void ContributionsAreOfBothFeaturesAndSumToTheDifferenceOfScores()
    {
        SparseRows rows = Rows(Kind.Date, 8_000, seed: 1);
        DenseRows dense = rows.ToDense();
        TrainedNetwork trained = TrainingProblem.Train(TrainingProblem.Data(rows), Options());
        var model = ShallowNetworkModelParameters.FromNetworkParameters(trained.Network, trained.Encoding);
        int D = rows.FeatureCount, date = 0;
        float[] baseline = dense.Values[..D];
        for (int i = 1; i < 100; i++)
        {
            float[] row = dense.Values[(i * D)..((i + 1) * D)];
            double[] contributions = model.Contributions(row, baseline);
            // Scores are computed in single precision.
            Assert.Equal(model.Score(row) - model.Score(baseline), contributions.Sum(), 1e-4);
            date += Math.Min(Math.Abs(contributions[0]), Math.Abs(contributions[1])) > 0.2 ? 1 : 0;
        }
        Assert.InRange(date, 30, 99);
    }
}
