using Microsoft.ML;
using MlNetShallowNet.Persistence;
using Xunit;

namespace MlNetShallowNet.Tests.Persistence;

public class EncodedStateTests
{
    private static ShallowNetworkTransformer Train(MLContext ml) =>
        ml.BinaryClassification.Trainers.ShallowNetwork(new ShallowNetworkTrainer.Options { Members = 3, HiddenUnits = 4, NumberOfIterations = 3, Seed = 3 })
            .Fit(TestRows.View(ml));

    [Fact]
    public void AnEncodedNetworkLivesOnInItsState()
    {
        ShallowNetworkModelParameters model = Train(new MLContext(1)).Model, read = NetworkState.Parse(new NetworkState(model, "Features").ToText()).Model;
        Assert.Equal(model.Encoding!.Lower.ToArray(), read.Encoding!.Lower.ToArray());
        Assert.Equal(model.Encoding.Upper.ToArray(), read.Encoding.Upper.ToArray());
        for (int d = 0; d < 4; d++)
            Assert.Equal(model.Encoding.Knots(d).ToArray(), read.Encoding.Knots(d).ToArray());
        Assert.Equal(model.Estimate, read.Estimate);
        Assert.Equal(model.History.Members.Select(m => m.BestEpoch), read.History.Members.Select(m => m.BestEpoch));
        Assert.Equal(model.History.Members[1].Epochs, read.History.Members[1].Epochs);
        Assert.All(TestRows.Rows(40, seed: 2), r => Assert.Equal(model.Score(r.Features), read.Score(r.Features)));
    }

    [Fact]
    public void AnEncodedNetworkIsSavedByMlNet()
    {
        var ml = new MLContext(1);
        IDataView data = TestRows.View(ml);
        ShallowNetworkTransformer model = Train(ml);
        using var stream = new MemoryStream();
        ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        Assert.Equal(TestRows.Scores(model.Transform(data)), TestRows.Scores(loaded.Transform(data)));
    }

    [Fact]
    public void InfiniteBoundsSurvive()
    {
        var encoding = new InputEncoding([float.NegativeInfinity], [float.PositiveInfinity], [[0]]);
        var model = new ShallowNetworkModelParameters(Activation.Tanh, encoding, [1, 2], [0, 0], [1, 1], 0, estimate: new QualityEstimate(double.NaN, double.NaN, 0.1, 0.2, 3));
        ShallowNetworkModelParameters read = NetworkState.Parse(new NetworkState(model, "X").ToText()).Model;
        Assert.Equal(float.NegativeInfinity, read.Encoding!.Lower[0]);
        Assert.Equal(model.Estimate, read.Estimate);
    }

    [Fact]
    public void AStateWithoutEncodingIsOfTheFirstVersion()
    {
        var model = new ShallowNetworkModelParameters(Activation.Tanh, 1, [1, 2], [0, 0], [1, 1], 0);
        byte[] bytes = Convert.FromBase64String(new NetworkState(model, "X").ToText());
        Assert.Contains("\"version\":1", System.Text.Encoding.UTF8.GetString(bytes));
    }
}
