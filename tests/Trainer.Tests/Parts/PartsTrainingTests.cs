using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Xunit;

namespace MlNetShallowNet.Tests.Parts;

/// <summary>Rows in parts: one network, wherever its members were trained, and that of all rows in one view where memory holds them.</summary>
public sealed class PartsTrainingTests : IDisposable
{
    private const int ManyRows = 36_000; // more than 16 MB hold while they are read

    private readonly MLContext _ml = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("parts-").FullName;

    private sealed class ManyFeatures
    {
        public bool Label { get; set; }

        [VectorType(40)]
        public float[] Features { get; set; } = [];

        public float Weight { get; set; } = 1;
    }

    private sealed class Killed : Exception;

    private sealed class Told(Action<TrainingProgress> then) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => then(value);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static List<ManyFeatures> Many(int count = ManyRows)
    {
        var random = new Random(3);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                float[] x = [.. Enumerable.Range(0, 40).Select(_ => random.NextSingle())];
                return new ManyFeatures { Label = x[0] * x[1] > 0.25f != random.Next(10) < 1, Features = x, Weight = 1 + i % 2 };
            }),
        ];
    }

    private RowPart[] Cut<T>(List<T> rows, params int[] counts)
        where T : class
    {
        int from = 0;
        RowPart[] parts = [.. counts.Select((count, k) => RowPart.Of(_ml.Data.LoadFromEnumerable(rows.GetRange((from += count) - count, count)), $"part {k}"))];
        Assert.Equal(rows.Count, from);
        return parts;
    }

    private ShallowNetworkTrainer Trainer(Action<ShallowNetworkTrainer.Options>? set = null, MLContext? ml = null)
    {
        var options = new ShallowNetworkTrainer.Options { Seed = 5, NumberOfIterations = 3, HiddenUnits = 16, Members = 2 };
        set?.Invoke(options);
        return (ml ?? _ml).BinaryClassification.Trainers.ShallowNetwork(options);
    }

    private static void Small(ShallowNetworkTrainer.Options options) => options.MemoryBudgetMegabytes = 16;

    private string Bits(ShallowNetworkTransformer transformer)
    {
        string path = Path.Combine(_folder, $"{Guid.NewGuid()}.json");
        NetworkJson.Save(transformer.Model, path);
        return File.ReadAllText(path);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RowsThatMemoryHoldsGiveTheNetworkOfOneView(bool sparse)
    {
        ShallowNetworkTrainer trainer = Trainer(o => (o.HiddenUnits, o.Members) = (null, null));
        List<TestRows.Row> dense = TestRows.Rows(300);
        List<TestRows.SparseRow> few = TestRows.SparseRows(300);
        IDataView all = sparse ? _ml.Data.LoadFromEnumerable(few) : _ml.Data.LoadFromEnumerable(dense);
        RowPart[] parts = sparse ? Cut(few, 100, 0, 150, 50) : Cut(dense, 100, 0, 150, 50);
        Assert.Equal(Bits(trainer.Fit(all)), Bits(trainer.FitParts(parts)));
    }

    [Fact]
    public void OnePartThatMemoryDoesNotHoldGivesTheNetworkOfItsView()
    {
        List<ManyFeatures> rows = Many();
        ShallowNetworkTrainer trainer = Trainer(o =>
        {
            Small(o);
            o.ExampleWeightColumnName = "Weight";
        });
        Assert.Equal(Bits(trainer.Fit(_ml.Data.LoadFromEnumerable(rows))), Bits(trainer.FitParts(Cut(rows, ManyRows))));
    }

    [Fact]
    public void OfRowsThatMemoryDoesNotHoldTheBudgetChangesNoBit()
    {
        List<ManyFeatures> rows = Many();
        RowPart[] parts = Cut(rows, 500, ManyRows - 500);
        string Train(int megabytes) => Bits(Trainer(o => o.MemoryBudgetMegabytes = megabytes).FitParts(parts, Path.Combine(_folder, $"{megabytes}")));
        // Their 5.8 MB are more than a third of both.
        string expected = Train(16);
        Assert.Equal(expected, Train(17));
        Assert.Contains("\"MemoryBudgetMegabytes\":\"16\"", expected, StringComparison.Ordinal);
        Assert.DoesNotContain("MemoryBudget", Bits(Trainer(o => o.MemoryBudgetMegabytes = 64).FitParts(parts)), StringComparison.Ordinal);
        string kept = Path.Combine(_folder, "16");
        Trainer(o => o.MemoryBudgetMegabytes = 17).FitParts(parts, kept); // goes on from it
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Trainer(o => o.MemoryBudgetMegabytes = 64).FitParts(parts, kept));
        Assert.Contains("the place of the rows was a temporary file and is memory", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MembersTrainedApartGiveTheSameBits(bool streamed)
    {
        List<ManyFeatures> rows = Many(streamed ? ManyRows : 900);
        RowPart[] parts = Cut(rows, 500, rows.Count - 800, 300);
        string together = Bits(Trainer(o =>
        {
            Small(o);
            o.NumberOfThreads = 3;
        }).FitParts(parts));
        ShallowNetworkTrainer trainer = Trainer(o =>
        {
            Small(o);
            o.NumberOfThreads = 1;
        });
        byte[][] members = new byte[2][];
        using (PartsTraining one = trainer.ReadParts(parts), other = trainer.ReadParts(parts))
        {
            Assert.Equal((2, rows.Count), (one.Members, one.Rows));
            members[1] = one.Train(1);
            members[0] = other.Train(0);
        }
        using PartsTraining third = trainer.ReadParts(parts);
        Assert.Equal(together, Bits(third.Join(members)));
    }

    [Fact]
    public void WhatIsOfOtherRowsOrOptionsIsRefused()
    {
        List<ManyFeatures> rows = Many(600);
        using PartsTraining training = Trainer().ReadParts(Cut(rows, 200, 400));
        byte[][] members = [training.Train(0), training.Train(1)];
        using PartsTraining otherSeed = Trainer(o => o.Seed = 6).ReadParts(Cut(rows, 200, 400));
        Assert.Contains("Seed was 5 and is 6", Assert.Throws<InvalidDataException>(() => otherSeed.Join(members)).Message, StringComparison.Ordinal);
        using PartsTraining otherRows = Trainer().ReadParts(Cut(rows.GetRange(0, 599), 200, 399));
        Assert.Contains("the training data was", Assert.Throws<InvalidDataException>(() => otherRows.Join(members)).Message, StringComparison.Ordinal);
        Assert.Contains("the member was 1 of 2 and is 0 of 2", Assert.Throws<InvalidDataException>(() => training.Join([members[1], members[0]])).Message, StringComparison.Ordinal);
        members[1][^40] ^= 1;
        Assert.Contains("Member 1 can't be joined: it is cut short, damaged", Assert.Throws<InvalidDataException>(() => training.Join(members)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => training.Join([members[0]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => training.Train(2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AKilledRunGoesOnFromItsFolder(bool streamed)
    {
        List<ManyFeatures> rows = Many(streamed ? ManyRows : 900);
        RowPart[] parts = Cut(rows, 500, rows.Count - 500);
        string work = Path.Combine(_folder, "work");
        var epochs = new List<int>();
        ShallowNetworkTrainer Watched(int killAt) => Trainer(o =>
        {
            Small(o);
            (o.NumberOfThreads, o.CheckpointSeconds) = (1, 1e-9);
            o.Progress = new Told(p =>
            {
                epochs.Add(p.Epoch);
                if (epochs.Count == killAt)
                    throw new Killed();
            });
        });
        string whole = Bits(Watched(0).FitParts(parts));
        epochs.Clear();
        Assert.Throws<Killed>(() => Watched(5).FitParts(parts, work));
        epochs.Clear();
        Assert.Equal(whole, Bits(Watched(0).FitParts(parts, work)));
        Assert.Equal([3, 3], epochs);
        Assert.Throws<InvalidDataException>(() => Trainer(o =>
        {
            Small(o);
            o.LearningRate = 0.01;
        }).FitParts(parts, work));
    }

    [Fact]
    public void MembersInTheFolderAreNotTrainedAgain()
    {
        RowPart[] parts = Cut(Many(600), 300, 300);
        string whole = Bits(Trainer().FitParts(parts));
        using (PartsTraining training = Trainer().ReadParts(parts))
            File.WriteAllBytes(PartsTraining.PathOf(_folder, 1), training.Train(1));
        var trained = new HashSet<int>();
        Assert.Equal(whole, Bits(Trainer(o => o.Progress = new Told(p => trained.Add(p.Member))).FitParts(parts, _folder)));
        Assert.Equal([1], trained); // counted from 1: the one that was not there
        trained.Clear();
        Assert.Equal(whole, Bits(Trainer(o => o.Progress = new Told(p => trained.Add(p.Member))).FitParts(parts, _folder)));
        Assert.Empty(trained); // what the first run has kept
    }

    [Fact]
    public void AMemberThatComesAfterACheckpointIsNotTrainedOn()
    {
        RowPart[] parts = Cut(Many(600), 300, 300);
        using (PartsTraining training = Trainer().ReadParts(parts))
        {
            Assert.Throws<Killed>(() => Trainer(o => (o.Progress, o.CheckpointSeconds, o.NumberOfThreads) = (new Told(p => _ = p.Epoch == 2 ? throw new Killed() : 0), 1e-9, 1)).FitParts(parts, _folder));
            File.WriteAllBytes(PartsTraining.PathOf(_folder, 1), training.Train(1));
        }
        var trained = new HashSet<int>();
        string found = Bits(Trainer(o => o.Progress = new Told(p => trained.Add(p.Member))).FitParts(parts, _folder));
        Assert.Equal([1], trained);
        Assert.Equal(Bits(Trainer().FitParts(parts)), found);
    }

    [Fact]
    public void ASolverThatHasConvergedIsNotStartedAgain()
    {
        ShallowNetworkTrainer trainer = Trainer(o => (o.Solver, o.NumberOfIterations, o.HiddenUnits, o.L2Regularization) = (Solver.Lbfgs, 500, 4, 0.1));
        RowPart[] parts = Cut(TestRows.Rows(60), 60);
        using PartsTraining training = trainer.ReadParts(parts);
        byte[][] members = [.. Enumerable.Range(0, training.Members).Select(k => training.Train(k))];
        for (int k = 0; k < members.Length; k++)
            File.WriteAllBytes(PartsTraining.PathOf(_folder, k), members[k]);
        ShallowNetworkTransformer joined = training.Join(members);
        Assert.InRange(joined.Model.History.Epochs.Count, 1, 499);
        Assert.Equal(Bits(joined), Bits(trainer.FitParts(parts, _folder)));
    }

    [Fact]
    public void TrainingAMemberCanBeCancelled()
    {
        using var stop = new CancellationTokenSource();
        using PartsTraining training = Trainer(o => o.Progress = new Told(_ => stop.Cancel())).ReadParts(Cut(Many(600), 600));
        Assert.ThrowsAny<OperationCanceledException>(() => training.Train(0, stop.Token));
        Assert.NotEmpty(training.Train(1, CancellationToken.None));
    }

    [Fact]
    public void PartsThatAreNotAlikeAreTold()
    {
        List<ManyFeatures> rows = Many(3_000);
        Assert.Empty(Warnings(rows));
        rows = [.. rows.OrderBy(r => r.Label).ThenBy(r => r.Features[7])];
        string[] told = Warnings(rows);
        Assert.Equal(2, told.Length);
        Assert.Matches("Parts differ: of part [02] (0|100) % is positive, of all rows [0-9.]+ %", told[0]);
        Assert.Contains("the mean of feature 7 (counted from 0)", told[1], StringComparison.Ordinal);

        string[] Warnings(List<ManyFeatures> of)
        {
            var ml = new MLContext(1);
            ConcurrentQueue<string> warnings = LogLines.Of(ml, ChannelMessageKind.Warning);
            using PartsTraining training = Trainer(ml: ml).ReadParts(Cut(of, 1_000, 1_000, 1_000));
            return [.. warnings];
        }
    }

    [Fact]
    public void WhatCannotBeTrainedOnIsSaidInASentence()
    {
        Assert.Contains("no parts", Assert.Throws<ArgumentException>(() => Trainer().FitParts([])).Message, StringComparison.Ordinal);
        RowPart many = Cut(Many(50), 50)[0], few = RowPart.Of(TestRows.View(_ml), "few.parquet");
        Assert.Contains("few.parquet has 4 features and the parts before it 40", Assert.Throws<ArgumentException>(() => Trainer().FitParts([many, few])).Message, StringComparison.Ordinal);
        RowPart none = RowPart.Of(_ml.Transforms.DropColumns("Label").Fit(TestRows.View(_ml)).Transform(TestRows.View(_ml)), "none");
        Assert.Contains("none: Could not find label column 'Label'", Assert.Throws<ArgumentException>(() => Trainer().FitParts([few, none])).Message, StringComparison.Ordinal);
        RowPart empty = RowPart.Of(_ml.Data.FilterRowsByColumn(TestRows.View(_ml), "Weight", lowerBound: 99), "empty");
        Assert.Contains("no rows", Assert.Throws<InvalidOperationException>(() => Trainer().FitParts([empty])).Message, StringComparison.Ordinal);
        ShallowNetworkModelParameters model = Trainer().FitParts([few]).Model;
        Assert.Contains("initial model", Assert.Throws<ArgumentException>(() => Trainer(o => (o.InitialModel, o.Members) = (model, null)).FitParts([few])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APartCanBeTransformedAsItIsRead()
    {
        IDataView rows = TestRows.View(_ml, 300);
        ITransformer halves = _ml.Transforms.NormalizeMinMax("Features").Fit(rows);
        ShallowNetworkTrainer trainer = Trainer();
        Assert.Equal(Bits(trainer.Fit(halves.Transform(rows))), Bits(trainer.FitParts([RowPart.Of(rows, "rows").Transformed(halves)])));
    }

    [Fact]
    public void ATimeBudgetBeginsWhenTheRowsAreRead()
    {
        // It is used up before, where reading counts.
        FakeTimeProvider clock = new();
        ShallowNetworkTrainer trainer = Trainer(o => (o.TimeBudgetSeconds, o.Clock) = (3, clock));
        Assert.False(trainer.FitParts([new Slow(TestRows.View(_ml), clock)]).Model.History.WasCancelled);
        Assert.True(clock.GetElapsedTime(0) > TimeSpan.FromSeconds(3));
    }

    private sealed class Slow(IDataView rows, FakeTimeProvider clock) : RowPart
    {
        public override string Name => "slow";

        public override IDataView Load(MLContext context)
        {
            clock.Advance(TimeSpan.FromSeconds(1.7)); // once for its first rows, once for all
            return rows;
        }
    }
}
