using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Persistence;
using Xunit;

namespace MlNetShallowNet.Tests.Persistence;

/// <summary>A loaded model's state is read once, whoever asks for it.</summary>
public class SavedNetworkTests
{
    private static ITransformer Loaded(out ShallowNetworkTransformer trained)
    {
        var ml = new MLContext(1);
        IDataView data = TestRows.View(ml);
        trained = ml.BinaryClassification.Trainers.ShallowNetwork(
            new ShallowNetworkTrainer.Options { HiddenUnits = 5, NumberOfIterations = 2, Seed = 3 }).Fit(data);
        using var stream = new MemoryStream();
        ml.Model.Save(trained, data.Schema, stream);
        stream.Position = 0;
        return ml.Model.Load(stream, out _);
    }

    [Fact]
    public void NetworksThatAreFoundTwiceAreReadOnce()
    {
        ITransformer loaded = Loaded(out ShallowNetworkTransformer trained);
        ShallowNetworkTransformer[] found = [.. Enumerable.Range(0, 2).Select(_ => new MLContext(1).Model.FindShallowNetworks(loaded)[0])];
        Assert.Same(found[0].Model.Trained, found[1].Model.Trained);
        Assert.Same(found[0].Model.Scorer, found[1].Model.Scorer);
        Assert.Equal(trained.Model.W1, found[0].Model.W1);
    }

    [Fact]
    public void RowsAreScoredByTheOneThatWasRead()
    {
        Loaded(out ShallowNetworkTransformer trained);
        string text = NetworkState.ToText(new NetworkDocument(trained.Model.Trained, "Features"));
        var input = new ScoreInput { State = text.AsMemory(), Features = new VBuffer<float>(4, [1, 2, 3, 4]) };
        ScoreMapping.Map(input, new SavedScore());
        Assert.Same(SavedNetwork.Of(text.AsMemory()).Scorer, input.Known.Scorer);
        Assert.NotSame(SavedNetwork.Of(new string(text.AsSpan()).AsMemory()), SavedNetwork.Of(text.AsMemory()));
    }

    [Fact]
    public void WhatIsGivenOutIsNotWhatIsShared()
    {
        ITransformer loaded = Loaded(out ShallowNetworkTransformer trained);
        ShallowNetworkModelParameters found = new MLContext(1).Model.FindShallowNetworks(loaded)[0].Model;
        found.ToNetworkParameters().W1.Clear();
        Assert.Equal(trained.Model.W1, new MLContext(1).Model.FindShallowNetworks(loaded)[0].Model.W1);
    }
}
