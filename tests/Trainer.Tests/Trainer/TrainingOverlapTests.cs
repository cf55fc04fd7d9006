using System.Text;
using Microsoft.ML;
using MlNetShallowNet.Tests.MlNetContract;
using Xunit;

namespace MlNetShallowNet.Tests.Trainer;

/// <summary>A network knows the rows that it was trained on.</summary>
public class TrainingOverlapTests
{
    private static MLContext Ml => Subjects.Ml;

    private static IDataView View(IEnumerable<TestRows.Row> rows) => Ml.Data.LoadFromEnumerable(rows.ToArray());

    private static (long Rows, long Compared, long Found)? Overlap(ITransformer model, IEnumerable<TestRows.Row> rows) =>
        Ml.Model.FindShallowNetworks(model).Single().OverlapWithTraining(View(rows)) is { } found ? (found.Rows, found.Compared, found.Found) : null;

    [Theory]
    [InlineData(Subjects.Trained)]
    [InlineData(Subjects.Loaded)]
    public void AllSomeOrNoneOfTheRowsWereTrainedOn(string subject)
    {
        ITransformer model = Subjects.Model(subject);
        List<TestRows.Row> trainedOn = TestRows.Rows(), fresh = TestRows.Rows(300, seed: 8);
        Assert.Equal((200, 200, 200), Overlap(model, trainedOn));
        Assert.Equal((300, 300, 0), Overlap(model, fresh));
        Assert.Equal((500, 500, 200), Overlap(model, fresh.Concat(trainedOn)));
    }

    [Fact]
    public void AnotherLabelIsAnotherRowAndWeightsAndMissingValuesDoNotCount()
    {
        ITransformer model = Subjects.Trainer.Fit(Subjects.Data);
        TestRows.Row[] rows = [.. TestRows.Rows().Take(4)];
        rows[0].Label = !rows[0].Label;
        rows[1].Weight = 17;
        rows[2].Features[1] = float.NaN;
        Assert.Equal((3, 3, 2), Overlap(model, rows));
    }

    [Fact]
    public void RowsThatATrainingWentOnFromAreKnownToo()
    {
        ShallowNetworkTransformer before = Subjects.Trainer.Fit(Subjects.Data);
        List<TestRows.Row> more = TestRows.Rows(300, seed: 8);
        Assert.Equal((500, 500, 500), Overlap(Ml.BinaryClassification.Trainers.ShallowNetwork(
            new ShallowNetworkTrainer.Options { InitialModel = before.Model, NumberOfIterations = 1 }).Fit(View(more)), TestRows.Rows().Concat(more)));
    }

    [Fact]
    public void RowsOfAStreamAndOfPartsAreKnownAsThoseInMemoryAre()
    {
        List<TestRows.Row> rows = TestRows.Rows(300_000);
        var options = new ShallowNetworkTrainer.Options { HiddenUnits = 2, Members = 1, NumberOfIterations = 1, Seed = 1, MemoryBudgetMegabytes = 16 };
        ShallowNetworkTrainer trainer = Ml.BinaryClassification.Trainers.ShallowNetwork(options);
        var streamed = Overlap(trainer.Fit(View(rows)), rows);
        Assert.Equal((300_000, 4096, 4096), streamed);
        Assert.Equal(streamed, Overlap(trainer.FitParts([RowPart.Of(View(rows.Take(200_000)), "a"), RowPart.Of(View(rows.Skip(200_000)), "b")]), rows));
    }

    [Fact]
    public void ItIsInTheNetworksJsonAndMayBeMissingThere()
    {
        ShallowNetworkTransformer network = Subjects.Trainer.Fit(Subjects.Data);
        using var json = new MemoryStream();
        NetworkJson.Write(network.Model, json);
        string text = Encoding.UTF8.GetString(json.ToArray());
        Assert.Equal((200, 200, 200), Overlap(Read(text), TestRows.Rows()));
        string without = System.Text.RegularExpressions.Regex.Replace(text, @",""trainedOn"":""[^""]*""", "");
        Assert.True(without.Length < text.Length);
        Assert.Null(Overlap(Read(without), TestRows.Rows()));
        string damaged = text.Replace("\"trainedOn\":\"", "\"trainedOn\":\"AAAA", StringComparison.Ordinal);
        Assert.Contains("trainedOn", Assert.Throws<InvalidDataException>(() => Read(damaged)).Message);

        static ShallowNetworkTransformer Read(string text) =>
            new(NetworkJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))), "Features");
    }

    [Fact]
    public void MissingColumnsAreSaid()
    {
        ShallowNetworkTransformer network = Subjects.Trainer.Fit(Subjects.Data);
        Assert.Contains("label column 'Answer'", Assert.Throws<ArgumentOutOfRangeException>(() => network.OverlapWithTraining(Subjects.Data, "Answer")).Message);
        Assert.Contains("feature column", Assert.Throws<ArgumentOutOfRangeException>(
            () => network.OverlapWithTraining(Ml.Data.LoadFromEnumerable([new { Label = true }]))).Message);
    }
}
