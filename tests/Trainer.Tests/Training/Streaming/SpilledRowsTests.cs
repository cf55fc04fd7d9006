using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training.Streaming;

/// <summary>Rows in a temporary file: they come back as they were, in another order in every epoch.</summary>
public class SpilledRowsTests
{
    private const int Count = 3000, PieceRows = 7;

    private static SpilledRows Spill(TrainingRows rows, int seed = 1)
    {
        var spilled = new SpilledRows(rows.FeatureCount, rows.Weights is not null, seed);
        for (int from = 0; from < rows.Count; from += PieceRows)
            spilled.Add(TrainingProblem.Part(rows, from, Math.Min(PieceRows, rows.Count - from)), from);
        return spilled;
    }

    private static TrainingRows Rows(bool sparse, bool weighted)
    {
        TrainingRows rows = sparse ? TrainingProblem.Sparse(Count) : TrainingProblem.Dense(Count);
        float[]? weights = weighted ? [.. Enumerable.Range(1, Count).Select(i => (float)i)] : null;
        return rows is SparseRows s
            ? new SparseRows(s.FeatureCount, s.RowStarts, s.Indices, s.Values, s.Labels, weights)
            : new DenseRows(rows.FeatureCount, ((DenseRows)rows).Values, rows.Labels, weights);
    }

    private static List<long> Order(SpilledRows spilled, int? epoch) =>
        [.. spilled.Blocks(epoch, default).SelectMany(b => b.Runs).SelectMany(run => Enumerable.Range(0, run.Count).Select(i => run.First + i))];

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void EveryRowComesBackAsItWasInEveryEpoch(bool sparse, bool weighted)
    {
        TrainingRows rows = Rows(sparse, weighted);
        using SpilledRows spilled = Spill(rows);
        Assert.Equal(Count, spilled.RowCount);
        float[] expected = rows.ToDense().Values;
        int D = rows.FeatureCount;
        foreach (int? epoch in new int?[] { null, 0, 1 })
        {
            var seen = new HashSet<long>();
            foreach (RowBlock block in spilled.Blocks(epoch, default))
            {
                Assert.Equal(block.Rows.Count, block.Runs.Sum(r => r.Count));
                float[] values = block.Rows.ToDense().Values;
                int at = 0;
                foreach (RowRun run in block.Runs)
                {
                    for (long row = run.First; row < run.First + run.Count; row++, at++)
                    {
                        Assert.True(seen.Add(row));
                        Assert.Equal(rows.Labels[row], block.Rows.Labels[at]);
                        Assert.Equal(rows.Weights?[row], block.Rows.Weights?[at]);
                        Assert.Equal(expected.AsSpan((int)row * D, D).ToArray(), values.AsSpan(at * D, D).ToArray());
                    }
                }
                values.AsSpan().Fill(-1); // a block is the caller's to change
                block.Rows.Labels.AsSpan().Fill(-1);
            }
            Assert.Equal(Count, seen.Count);
        }
    }

    [Fact]
    public void TheOrderFollowsFromSeedAndEpoch()
    {
        TrainingRows rows = Rows(sparse: false, weighted: false);
        using SpilledRows spilled = Spill(rows), again = Spill(rows), other = Spill(rows, seed: 2);
        Assert.Equal(Enumerable.Range(0, Count).Select(i => (long)i), Order(spilled, null));
        Assert.Equal(Order(spilled, 4), Order(again, 4));
        Assert.NotEqual(Order(spilled, 4), Order(spilled, 5));
        Assert.NotEqual(Order(spilled, 4), Order(other, 4));
        // A block's rows come from all over the table: of 32 numbers drawn from 0 to 1, the mean is within five standard deviations of a half.
        double deviation = 5 * Math.Sqrt(1 / 12.0 / SpilledRows.PiecesOfBlock);
        Assert.InRange(spilled.Blocks(4, default).First().Runs.Average(r => r.First / (double)Count), 0.5 - deviation, 0.5 + deviation);
    }

    [Fact]
    public void TheFileHasNoNameWhileItIsInUse()
    {
        string folder = Directory.CreateTempSubdirectory("spill-").FullName;
        using (SpillFile file = SpillFile.Create(folder))
        {
            file.Append<float>([1, 2, 3]);
            if (!OperatingSystem.IsWindows()) // there it has one, and vanishes with its handle
                Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
            float[] back = new float[2];
            long at = sizeof(float);
            file.Read(ref at, back.AsSpan());
            Assert.Equal([2, 3], back);
            Assert.Equal(file.Length, at);
        }
        Directory.Delete(folder); // which succeeds only where it is empty
    }

    [Fact]
    public void WithoutAFolderItSaysWhatToDo()
    {
        string folder = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        IOException error = Assert.Throws<IOException>(() => SpillFile.Create(folder));
        Assert.Contains(folder, error.Message);
        Assert.DoesNotContain("shallownet-rows-", error.Message);
        Assert.Contains("raise the memory budget", error.Message);
    }
}
