using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.Tests.MlNetContract;

/// <summary>Contributions as a column of a pipeline.</summary>
public class ExplainTests
{
    private const string Column = "Contributions";

    private static MLContext Ml => Subjects.Ml;

    private static float[] Average => [0.1f, -0.2f, 1000, 0];

    [Theory]
    [MemberData(nameof(Subjects.Own), MemberType = typeof(Subjects))]
    public void TheContributionsOfARowSumToTheDifferenceOfTheScores(string subject)
    {
        ITransformer model = Subjects.Model(subject);
        ShallowNetworkTransformer network = Ml.Model.FindShallowNetworks(model).Single();
        IDataView explained = network.Explain(Average, Column).Transform(model.Transform(Subjects.Data));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 4), explained.Schema[Column].Type);
        float baseline = network.Model.Score(Average);
        Assert.All(explained.GetColumn<float[]>(Column).Zip(TestRows.Scores(explained)), row => Assert.Equal(row.Second - baseline, row.First.Sum(), 1e-4));
        Assert.Contains(explained.GetColumn<float[]>(Column), parts => parts.Max(Math.Abs) > 0.01);
    }

    [Fact]
    public void WithRowsToCompareWithTheyAreAgainstTheMeanOfWhatIsThere()
    {
        TestRows.Row[] rows =
        [
            new() { Features = [1, -1, 990, 0] }, new() { Features = [0, 0.5f, float.NaN, 0.5f] }, new() { Features = [-4, -1, 1010, 0.25f] },
        ];
        ShallowNetworkTransformer network = Subjects.Trainer.Fit(Subjects.Data);
        IDataView byRows = network.Explain(Ml.Data.LoadFromEnumerable(rows), Column).Transform(Subjects.Data);
        IDataView byMean = network.Explain([-1, -0.5f, 1000, 0.25f], Column).Transform(Subjects.Data);
        Assert.Equal(byMean.GetColumn<float[]>(Column), byRows.GetColumn<float[]>(Column));
    }

    [Fact]
    public void SparseRowsAreComparedWithTheirMeanZerosIncluded()
    {
        IDataView data = Ml.Data.LoadFromEnumerable(TestRows.SparseRows());
        ShallowNetworkTransformer network = Ml.BinaryClassification.Trainers.ShallowNetwork(hiddenUnits: 3, numberOfIterations: 2).Fit(data);
        float[] mean = new float[40];
        for (int d = 0; d < mean.Length; d++)
            mean[d] = (float)TestRows.SparseRows().Average(row => (double)row.Features.GetItemOrDefault(d));
        Assert.Equal(
            network.Explain(mean, Column).Transform(data).GetColumn<float[]>(Column), network.Explain(data, Column).Transform(data).GetColumn<float[]>(Column));
    }

    [Fact]
    public void SlotsHaveTheNamesOfTheFeatures()
    {
        string[] names = ["first", "second", "", "fourth"];
        ITransformer network = Subjects.Trainer.Fit(Subjects.Data).Explain(Average, Column);
        var schema = new DataViewSchema.Builder();
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, 4), (ref VBuffer<ReadOnlyMemory<char>> value) =>
            value = new VBuffer<ReadOnlyMemory<char>>(4, [.. names.Select(name => name.AsMemory())]));
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, 4), annotations.ToAnnotations());
        VBuffer<ReadOnlyMemory<char>> found = default;
        network.GetOutputSchema(schema.ToSchema())[Column].GetSlotNames(ref found);
        Assert.Equal(["first", "second", "Features[2]", "fourth"], found.DenseValues().Select(name => name.ToString()));
        network.GetOutputSchema(Subjects.Data.Schema)[Column].GetSlotNames(ref found);
        Assert.Equal(["Features[0]", "Features[1]", "Features[2]", "Features[3]"], found.DenseValues().Select(name => name.ToString()));
    }

    [Fact]
    public void ItIsOneMoreStepOfAPipelineAndOfAPredictionEngine()
    {
        var model = Ml.Transforms.Concatenate("Features", "Features").Append(Subjects.Trainer).Fit(Subjects.Data);
        ITransformer explained = model.Append(model.LastTransformer.Explain(model.Transform(Subjects.Data), Column));
        float[][] expected = [.. explained.Transform(Subjects.Data).GetColumn<float[]>(Column)];
        using var engine = Ml.Model.CreatePredictionEngine<TestRows.Row, Explained>(explained, Subjects.Data.Schema);
        Assert.Equal(expected, TestRows.Rows().Select(row => engine.Predict(row).Contributions.ToArray()));
        Assert.True(explained.IsRowToRowMapper);
    }

    [Fact]
    public void SeveralCursorsGiveEveryRowOnce()
    {
        IDataView data = Ml.Data.Cache(TestRows.View(Ml, 3000));
        IDataView explained = Subjects.Trainer.Fit(Subjects.Data).Explain(Average, Column).Transform(data);
        DataViewSchema.Column[] column = [explained.Schema[Column]];
        DataViewRowCursor[] cursors = explained.GetRowCursorSet(column, 3);
        Assert.Equal(3, cursors.Length);
        var found = new List<(DataViewRowId Id, float[] Parts)>[cursors.Length];
        Parallel.For(0, cursors.Length, new ParallelOptions { MaxDegreeOfParallelism = 3 }, i =>
        {
            found[i] = [];
            Subjects.Read<VBuffer<float>>(cursors[i], Column, (id, parts) => found[i].Add((id, [.. parts.DenseValues()])));
        });
        Assert.Equal(explained.GetColumn<float[]>(Column), found.SelectMany(part => part).OrderBy(row => row.Id.Low).Select(row => row.Parts));
    }

    [Fact]
    public void TheFeaturesAreReadOnlyWhereItIsWanted()
    {
        var input = new RecordingView(Subjects.Data);
        IDataView explained = Subjects.Trainer.Fit(Subjects.Data).Explain(Average, Column).Transform(input);
        explained.GetRowCursor([explained.Schema["Label"]]).Dispose();
        explained.GetRowCursor([explained.Schema[Column]]).Dispose();
        Assert.Equal([["Label"], ["Features"]], input.Asked);
    }

    [Fact]
    public void ARowWithAMissingFeatureHasNoContributions()
    {
        IDataView rows = Ml.Data.LoadFromEnumerable([new TestRows.Row { Features = [0, float.NaN, 0, 0] }]);
        IDataView explained = Subjects.Trainer.Fit(Subjects.Data).Explain(Average, Column).Transform(rows);
        Assert.All(explained.GetColumn<float[]>(Column).Single(), part => Assert.True(float.IsNaN(part)));
    }

    [Fact]
    public void WhatIsWrongIsSaid()
    {
        ShallowNetworkTransformer network = Subjects.Trainer.Fit(Subjects.Data);
        Assert.Contains("3 features", Assert.Throws<ArgumentException>(() => network.Explain([1, 2, 3], Column)).Message);
        Assert.Contains("Feature 1", Assert.Throws<ArgumentException>(() => network.Explain([1, float.NaN, 3, 4], Column)).Message);
        Assert.ThrowsAny<ArgumentException>(() => network.Explain(Average, ""));
        Assert.Contains("none", Assert.Throws<ArgumentException>(() => network.Explain(Ml.Data.LoadFromEnumerable(Array.Empty<TestRows.Row>()), Column)).Message);
        IDataView without = Ml.Data.LoadFromEnumerable([new TestRows.Row { Features = [0, 0, float.NaN, 0] }]);
        Assert.Contains("Feature 2", Assert.Throws<ArgumentException>(() => network.Explain(without, Column)).Message);
        Assert.Contains("Could not find feature column", Assert.Throws<ArgumentOutOfRangeException>(
            () => network.Explain(Average, Column).Transform(Ml.Data.LoadFromEnumerable([new Explained()]))).Message);
    }

    [Fact]
    public void ItCannotBeSavedAndSaysWhatToDo()
    {
        IDataView data = Subjects.Data;
        ITransformer explained = Subjects.Trainer.Fit(data).Explain(data, Column);
        Assert.Contains("append Explain again after loading", Assert.Throws<NotSupportedException>(() => Ml.Model.Save(explained, data.Schema, Stream.Null)).Message);
    }

    private sealed class Explained
    {
        [VectorType(4)]
        public float[] Contributions { get; set; } = [];
    }
}
