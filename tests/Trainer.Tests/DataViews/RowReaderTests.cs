using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.DataViews;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Network;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.DataViews;

public class RowReaderTests
{
    private readonly MLContext _ml = new(1);

    private RowsRead Read(IDataView data, long budget = long.MaxValue) => RowReader.Read(
        new TrainingColumns(data, data.Schema["Label"], data.Schema["Features"], data.Schema.GetColumnOrNull("Weight")), budget, seed: 1, default);

    private static IRowBlocks Stream(RowsRead read) => Assert.IsType<StreamedData>(read.Data).Prepared(rows => rows, shuffles: false);

    [Fact]
    public void DenseRowsAreReadAsTheyAre()
    {
        List<TestRows.Row> rows = TestRows.Rows(700);
        var read = Assert.IsType<DenseRows>(Read(_ml.Data.LoadFromEnumerable(rows)).Data.Sample);
        Assert.Equal(rows.SelectMany(r => r.Features), read.Values);
        Assert.Equal(rows.Select(r => r.Label ? 1f : 0f), read.Labels);
        Assert.Equal(rows.Select(r => r.Weight), read.Weights!);
    }

    private sealed class WideRow
    {
        public bool Label { get; set; }

        public float[] Features { get; set; } = [];
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.9)] // of the rows that were announced: the others can't be trained on
    public void RowsOfAKnownNumberTakeTheirPlaceAndNoMore(double usable)
    {
        const int count = 12_000, features = 200;
        List<WideRow> rows = [.. Enumerable.Range(0, count).Select(i => new WideRow { Features = [.. Enumerable.Range(1, features).Select(d => i < usable * count ? d : float.NaN)] })];
        SchemaDefinition definition = SchemaDefinition.Create(typeof(WideRow));
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        IDataView view = _ml.Data.LoadFromEnumerable(rows, definition);
        Assert.Equal(count, view.GetRowCount());
        Read(view); // once, so that what is compiled and cached does not count
        long before = GC.GetAllocatedBytesForCurrentThread();
        RowsRead read = Read(view);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal((int)(usable * count), read.Data.Count);
        Assert.All(((DenseRows)read.Data.Sample).Values.Chunk(features), row => Assert.Equal(Enumerable.Range(1, features).Select(d => (float)d), row));
        Assert.InRange(allocated / (double)(count * features * sizeof(float)), 1, usable < 1 ? 2.2 : 1.3);
    }

    [Fact]
    public void SparseRowsStaySparse()
    {
        List<TestRows.SparseRow> rows = TestRows.SparseRows(400);
        var read = Assert.IsType<SparseRows>(Read(_ml.Data.LoadFromEnumerable(rows)).Data.Sample);
        Assert.Equal(rows.SelectMany(r => r.Features.GetIndices().ToArray()), read.Indices);
        Assert.Equal(rows.SelectMany(r => r.Features.GetValues().ToArray()), read.Values);
        Assert.Equal(Enumerable.Range(0, 401).Select(i => 3 * i), read.RowStarts);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public void RowsBeyondTheBudgetAreStreamedWhole(bool sparse, bool countIsKnown)
    {
        const int count = 150_000; // of some 30 bytes
        IDataView data = sparse ? _ml.Data.LoadFromEnumerable(TestRows.SparseRows(count)) : TestRows.View(_ml, count);
        if (!countIsKnown)
            data = _ml.Data.FilterRowsByMissingValues(data, "Features");
        Assert.Equal(countIsKnown ? count : null, data.GetRowCount());
        TrainingRows whole = Read(data).Data.Sample;
        RowsRead read = Read(data, budget: 90_000);
        Assert.True(read.Data.IsStreamed);
        Assert.Equal((count, whole.FeatureCount), (read.Data.Count, read.Data.FeatureCount));
        Assert.Equal(new DataInMemory(whole).Weight, read.Data.Weight);
        IRowBlocks stream = Stream(read);
        for (int go = 0; go < 2; go++)
        {
            // A block is the reader's own: it is copied before the next is asked for.
            List<(RowRun[] Runs, float[] Labels, float[] Values)> blocks = [.. stream.Blocks(go, default).Select(b => (b.Runs, (float[])b.Rows.Labels.Clone(), Values(b.Rows)))];
            Assert.Equal(3, blocks.Count); // of 2 MB
            Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), blocks.SelectMany(b => b.Runs).SelectMany(run => Enumerable.Range(0, run.Count).Select(i => run.First + i)));
            Assert.Equal(whole.Labels, blocks.SelectMany(b => b.Labels));
            Assert.Equal(Values(whole), blocks.SelectMany(b => b.Values));
        }

        FeatureScaling expected = Standardizer.Measure(whole), found = read.Data.Standardization();
        for (int d = 0; d < whole.FeatureCount; d++)
        {
            Assert.Equal(expected.Offset[d], found.Offset[d], 1e-9 * Math.Max(1, Math.Abs(expected.Offset[d])));
            Assert.Equal(1, found.Scale[d] / expected.Scale[d], 1e-9);
        }

        static float[] Values(TrainingRows rows) =>
            rows is DenseRows dense ? [.. dense.Values] : ((SparseRows)rows).Values[..((SparseRows)rows).RowStarts[^1]];
    }

    [Fact]
    public void ABrokenOffGoLeavesTheRowsToOthers()
    {
        IRowBlocks stream = Stream(Read(TestRows.View(_ml, 150_000), budget: 90_000));
        Assert.NotEmpty(stream.Blocks(0, default).Take(1));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => stream.Blocks(0, cancelled.Token).Count());
        Assert.Equal(150_000, stream.Blocks(0, default).Sum(b => b.Rows.Count));
    }

    [Fact]
    public void ADataViewIsReadOnceAlsoBeyondTheBudget()
    {
        int passes = 0;
        IDataView data = _ml.Data.LoadFromEnumerable(Rows());
        _ml.BinaryClassification.Trainers.ShallowNetwork(new ShallowNetworkTrainer.Options { Members = 1, HiddenUnits = 8, NumberOfIterations = 3, MemoryBudgetMegabytes = 16 }).Fit(data);
        Assert.Equal(1, passes);

        IEnumerable<TestRows.Row> Rows()
        {
            passes++;
            foreach (TestRows.Row row in Enumerable.Range(0, 200).SelectMany(_ => TestRows.Rows(2000)))
                yield return row;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    public void StreamedTrainingLearnsAsWellAndRepeatably(double validationFraction)
    {
        // 16 MB is the smallest budget: 400,000 rows of 4 features and weights take about 11 MB, three times that while they are read.
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 200).SelectMany(_ => TestRows.Rows(2000)));
        ShallowNetworkModelParameters Train(int threads, int? budget) => _ml.BinaryClassification.Trainers.ShallowNetwork(new ShallowNetworkTrainer.Options
        {
            Members = 1,
            HiddenUnits = 8,
            NumberOfIterations = 2,
            Seed = 5,
            NumberOfThreads = threads,
            MemoryBudgetMegabytes = budget,
            ValidationFraction = validationFraction,
        }).Fit(data).Model;

        ShallowNetworkModelParameters streamed = Train(1, 16), again = Train(2, 16);
        Assert.True(streamed.W1.SequenceEqual(again.W1));
        Assert.Equal(streamed.History.Epochs, again.History.Epochs);
        Assert.Equal(validationFraction > 0, streamed.History.Epochs[0].ValidationLoss is not null);
        IDataView test = TestRows.View(_ml, 2000);
        Assert.InRange(_ml.BinaryClassification.Evaluate(new ShallowNetworkTransformer(streamed, "Features").Transform(test)).AreaUnderRocCurve, 0.98, 1);
    }

    [Fact]
    public void SolversOfAllRowsSayThatTheyCannotStream()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 200).SelectMany(_ => TestRows.Rows(2000)));
        var options = new ShallowNetworkTrainer.Options { Solver = Solver.GradientDescent, NumberOfIterations = 1, MemoryBudgetMegabytes = 16 };
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => _ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(data));
        Assert.Contains("400000 rows", error.Message);
    }
}
