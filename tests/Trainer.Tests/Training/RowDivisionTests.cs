using MlNetShallowNet.DataViews;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

/// <summary>Which rows members leave out, in memory and of a stream.</summary>
public class RowDivisionTests
{
    private static DenseRows Labelled(int count, int positive) => new(1, new float[count], [.. Enumerable.Range(0, count).Select(i => i < positive ? 1f : 0f)]);

    private static int[] TrainedOn(RowDivision division, int member, RowBlock block, ref int[] room)
    {
        (room, int count) = division.TrainOn(member, block, room);
        return room[..count];
    }

    [Theory]
    [InlineData(83, 20, 1.0 / 8, 8)]
    [InlineData(83, 20, 1.0 / 8, 20)] // more members than parts go round again
    [InlineData(200, 100, 0.2, 1)]
    [InlineData(200, 3, 0.5, 4)]
    [InlineData(100, 10, 0.9, 2)]
    public void PartsAreStratifiedAndLeftOutByThoseThatAreNotTrainedOnThem(int count, int positive, double share, int members)
    {
        DenseRows rows = Labelled(count, positive);
        var division = new StratifiedDivision(rows, share, members, seed: 3);
        int parts = RowDivision.Parts(count, share, 1);
        Assert.Same(rows, division.Judges);
        for (int member = 0; member < members; member++)
        {
            int[] left = division.LeftOut(member), room = [];
            int[] trained = TrainedOn(division, member, new RowBlock(rows, new RowRun(0, rows.Count)), ref room);
            Assert.NotEmpty(trained);
            Assert.Equal(Enumerable.Range(0, count), left.Concat(trained).Order());
            Assert.InRange(left.Length, count / parts, count / parts + 1);
            Assert.InRange(left.Count(i => i < positive), positive / parts, positive / parts + 1);
        }
        for (int round = 0; (round + 1) * parts <= members; round++)
        {
            IEnumerable<int> all = Enumerable.Range(round * parts, parts).SelectMany(division.LeftOut);
            Assert.Equal(Enumerable.Range(0, count), all.Order());
        }
        if (members > parts)
            Assert.NotEqual(division.LeftOut(0), division.LeftOut(parts));
    }

    [Fact]
    public void AMembersOrderIsShuffledOnFromEpochToEpoch()
    {
        DenseRows rows = Labelled(50, 25);
        var division = new StratifiedDivision(rows, 0.2, 1, seed: 3);
        int[] room = [];
        TrainedOn(division, 0, new RowBlock(rows, new RowRun(0, rows.Count)), ref room);
        int[] same = room;
        (same[0], same[1]) = (same[1], same[0]);
        int[] before = [.. same];
        Assert.Equal(before, TrainedOn(division, 0, new RowBlock(rows, new RowRun(0, rows.Count)), ref room));
        Assert.Same(same, room);
    }

    /// <summary>Of many parts, members leave out the first; a judge without a row of one class could not tell members apart.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void RowsOfAClassThatAreFewerThanPartsAreInTheFirstParts(float rarer)
    {
        const int count = 1000, parts = 61, few = 15;
        var rows = new DenseRows(1, new float[count], [.. Enumerable.Range(0, count).Select(i => i % 60 == 7 && i < 60 * few ? rarer : 1 - rarer)]);
        int[] partOf = StratifiedParts.Of(rows, parts, seed: 4);
        Assert.Equal(Enumerable.Range(0, few), Enumerable.Range(0, count).Where(i => rows.Labels[i] == rarer).Select(i => partOf[i]).Order());
        Assert.Equal(parts, partOf.Distinct().Count());
    }

    [Theory]
    [InlineData(1e-10)]
    [InlineData(double.Epsilon)]
    public void TheSmallestShareLeavesOutNoMoreThanARow(double share)
    {
        var division = new StratifiedDivision(Labelled(50, 1), share, 8, seed: 3);
        Assert.All(Enumerable.Range(0, 8), member => Assert.InRange(division.LeftOut(member).Length, 0, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void SoFewRowsThatNoneCanBeLeftOutAreAllTrainedOn(int count)
    {
        DenseRows rows = Labelled(count, 1);
        var division = new StratifiedDivision(rows, 1.0 / 8, 8, seed: 3);
        for (int member = 0; member < 8; member++)
        {
            int[] room = [];
            int[] trained = TrainedOn(division, member, new RowBlock(rows, new RowRun(0, rows.Count)), ref room);
            Assert.NotEmpty(trained);
            Assert.Empty(trained.Intersect(division.LeftOut(member)));
            Assert.Equal(count, trained.Length + division.LeftOut(member).Length);
        }
    }

    [Fact]
    public void WithoutADivisionAllRowsOfABlockAreTrainedOn()
    {
        int[] room = [];
        Assert.Equal([0, 1, 2], TrainedOn(new NoDivision(), 0, new RowBlock(Labelled(3, 1), new RowRun(40, 3)), ref room));
        Assert.Equal([0, 1], TrainedOn(new NoDivision(), 0, new RowBlock(Labelled(2, 1), new RowRun(43, 2)), ref room));
        Assert.Empty(new NoDivision().LeftOut(0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(20)]
    public void OfAStreamExactlyTheRowsLeftOutAreNotTrainedOn(int members)
    {
        const int count = 5000, pieceRows = 33, seed = 1;
        DenseRows rows = TrainingProblem.Dense(count);
        var totals = new RowTotals(4, false, false, seed, 1 << 14);
        totals.Add(rows);
        Assert.True(totals.Sample.Bound < 0.5, "The sample is made not to hold all rows.");
        using var spilled = new SpilledRows(4, hasWeights: false, seed);
        for (int from = 0; from < count; from += pieceRows)
            spilled.Add(TrainingProblem.Part(rows, from, Math.Min(pieceRows, count - from)), from);
        TrainingData data = TrainingProblem.Streamed(spilled, rows);
        var settings = Plan(members);
        IRowBlocks blocks = data.Prepared(r => r, shuffles: true);
        RowDivision division = data.Divide(blocks, r => r, settings);
        long[] numbers = totals.Sample.Numbers;
        var leftOut = new List<HashSet<long>>();
        for (int member = 0; member < members; member++)
        {
            HashSet<long> left = [.. division.LeftOut(member).Select(i => numbers[i])], trained = [];
            Assert.NotEmpty(left);
            int[] room = [];
            foreach (RowBlock block in blocks.Blocks(epoch: 3, default))
            {
                long[] places = [.. block.Runs.SelectMany(run => Enumerable.Range(0, run.Count).Select(i => run.First + i))];
                foreach (int row in TrainedOn(division, member, block, ref room))
                    Assert.True(trained.Add(places[row]));
            }
            Assert.Empty(left.Intersect(trained));
            Assert.Equal(count, left.Count + trained.Count);
            leftOut.Add(left);
        }
        for (int i = 0; i < members; i++)
        {
            for (int k = 0; k < i; k++)
                Assert.Equal(i % 8 == k % 8, leftOut[i].Overlaps(leftOut[k]));
        }

        static TrainingSettings Plan(int members) => MlNetShallowNet.Options.Plan.Make(
            new ShallowNetworkTrainer.Options { Members = members }, new DataShape(count, 4, 4, false), null, seed);
    }

    [Fact]
    public void AStreamsJudgesAreTheRowsOfTheirNumbers()
    {
        DenseRows rows = TrainingProblem.Dense(3000);
        var totals = new RowTotals(4, false, false, seed: 1, 1 << 13);
        totals.Add(rows);
        var sample = (DenseRows)totals.Sample.ToRows();
        long[] numbers = totals.Sample.Numbers;
        Assert.Equal(numbers.Length, sample.Count);
        for (int i = 0; i < numbers.Length; i++)
        {
            Assert.Equal(rows.Labels[numbers[i]], sample.Labels[i]);
            Assert.Equal(rows.Values.AsSpan((int)numbers[i] * 4, 4).ToArray(), sample.Values.AsSpan(i * 4, 4).ToArray());
        }
    }

    [Theory]
    [InlineData(false, 1 << 12)]
    [InlineData(false, 1 << 20)]
    [InlineData(true, 1 << 12)]
    [InlineData(true, 1 << 16)]
    public void TheSampleIsTheRowsWhoseHashIsBelowTheBound(bool sparse, long bytes)
    {
        TrainingRows rows = sparse ? TrainingProblem.Sparse(3000) : TrainingProblem.Dense(3000);
        var totals = new RowTotals(rows.FeatureCount, false, sparse, seed: 9, bytes);
        totals.Add(rows);
        double bound = totals.Sample.Bound;
        Assert.Equal(Enumerable.Range(0, 3000).Where(i => RowHash.Uniform(i, 9) < bound).Select(i => (long)i), totals.Sample.Numbers);
        Assert.Equal(0, Math.Log2(bound) % 1);
        // It is as large as it may be: twice the bound would have taken too much.
        var held = new RowsBuilder(rows.FeatureCount, false, sparse);
        foreach (long number in totals.Sample.Numbers)
            held.Add(rows, (int)number);
        Assert.InRange(held.Bytes, 1, bytes);
        if (bound < 1)
        {
            for (int i = 0; i < 3000; i++)
            {
                if (RowHash.Uniform(i, 9) is double hash && hash >= bound && hash < 2 * bound)
                    held.Add(rows, i);
            }
            Assert.True(held.Bytes > bytes);
        }
    }

    [Fact]
    public void HashesAreEvenAndDifferWithTheSeed()
    {
        int[] counts = new int[16];
        for (int i = 0; i < 16_000; i++)
            counts[(int)(RowHash.Uniform(i, 4) * 16)]++;
        // Five standard deviations of a binomial distribution; the seed is fixed.
        double deviation = 5 * Math.Sqrt(16_000 * (1 / 16.0) * (15 / 16.0));
        Assert.All(counts, c => Assert.InRange(c, 1000 - deviation, 1000 + deviation));
        Assert.NotEqual(RowHash.Uniform(5, 1), RowHash.Uniform(5, 2));
    }
}
