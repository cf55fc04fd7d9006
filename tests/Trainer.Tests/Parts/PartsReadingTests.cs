using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.Tests.Parts;

/// <summary>How parts are read: what is refused, and what is held of them. Alone, for others would change the memory that is held.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PartsReadingTests
{
    private const string Name = "alone";

    private readonly MLContext _ml = new(1);

    private sealed class Numbers
    {
        public bool Label { get; set; }

        public float A { get; set; }

        public float B { get; set; }
    }

    private sealed class ManyFeatures
    {
        public bool Label { get; set; }

        [VectorType(40)]
        public float[] Features { get; set; } = [];
    }

    private sealed class MadeAnew(int part, int count, Action loads) : RowPart
    {
        public override string Name => $"part {part}";

        public override IDataView Load(MLContext context)
        {
            loads();
            return context.Data.LoadFromEnumerable(Rows());
        }

        private IEnumerable<ManyFeatures> Rows()
        {
            var random = new Random(part);
            for (int i = 0; i < count; i++)
            {
                float[] x = [.. Enumerable.Range(0, 40).Select(_ => random.NextSingle())];
                yield return new ManyFeatures { Label = x[0] > 0.5f, Features = x };
            }
        }
    }

    private ShallowNetworkTrainer Trainer(int? megabytes = null, int threads = 1) => _ml.BinaryClassification.Trainers.ShallowNetwork(
        new ShallowNetworkTrainer.Options { Seed = 1, NumberOfIterations = 2, HiddenUnits = 4, Members = 2, NumberOfThreads = threads, MemoryBudgetMegabytes = megabytes });

    [Fact]
    public void PartsWhoseColumnsAreInAnotherOrderAreRefused()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 50).Select(i => new Numbers { A = i, B = i % 7, Label = i > 20 }).ToArray());
        RowPart Of(string name, params string[] columns) => RowPart.Of(_ml.Transforms.Concatenate("Features", columns).Fit(rows).Transform(rows), name);
        string refused = Assert.Throws<ArgumentException>(() => Trainer().ReadParts([Of("ab", "A", "B"), Of("ba", "B", "A")])).Message;
        Assert.StartsWith("ba: feature 0 (counted from 0) is B, in ab it is A", refused, StringComparison.Ordinal);
        RowPart unnamed = RowPart.Of(
            _ml.Data.LoadFromEnumerable([new TestRows.Row { Label = true, Features = [1, 2] }], Vectors(2)), "unnamed");
        using PartsTraining training = Trainer().ReadParts([Of("ab", "A", "B"), unnamed, Of("again", "A", "B")]);
        Assert.Equal(101, training.Rows);
    }

    [Fact]
    public void RowsThatAllLackAFeatureAreSaidToDoSo()
    {
        RowPart missing = RowPart.Of(_ml.Data.LoadFromEnumerable([new TestRows.Row { Features = [float.NaN, 0, 0, 0] }]), "missing");
        RowPart empty = RowPart.Of(_ml.Data.FilterRowsByColumn(TestRows.View(_ml), "Weight", lowerBound: 99), "empty");
        string refused = Assert.Throws<InvalidOperationException>(() => Trainer().FitParts([missing, empty, missing])).Message;
        Assert.StartsWith("No usable training row: 2 rows have a missing or infinite feature", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyPartsTakeNoMoreMemoryThanFew()
    {
        const int count = 16, rows = 12_000; // of each 2 MB would be in its own sample
        long before = GC.GetTotalMemory(forceFullCollection: true), most = 0;
        RowPart[] parts = [.. Enumerable.Range(0, count).Select(part =>
            new MadeAnew(part, rows, () => most = part < count - 1 ? 0 : Math.Max(most, GC.GetTotalMemory(forceFullCollection: true))))];
        using PartsTraining training = Trainer(megabytes: 16).ReadParts(parts);
        Assert.Equal(count * rows, training.Rows);
        Assert.InRange((most - before) / (1 << 20), 0, 14);
    }

    [Fact]
    public void TheOrderInWhichPartsAreReadChangesNoBit()
    {
        // The first part, the slowest to come, ends last where there are several threads.
        byte[] Train(int threads)
        {
            RowPart[] parts = [.. Enumerable.Range(0, 4).Select(part => new MadeAnew(part, part == 0 ? 30_000 : 9_000, () => { }))];
            using PartsTraining training = Trainer(16, threads).ReadParts(parts);
            return training.Train(0);
        }
        Assert.Equal(Train(threads: 1), Train(threads: 3));
    }

    private static SchemaDefinition Vectors(int size)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(TestRows.Row));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, size);
        return schema;
    }
}
