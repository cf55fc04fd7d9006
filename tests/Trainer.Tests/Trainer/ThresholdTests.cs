using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Tests.MlNetContract;
using Xunit;

namespace MlNetShallowNet.Tests.Trainer;

/// <summary>The probability above which a row is predicted to be positive: of a network, in a pipeline, saved and loaded.</summary>
public class ThresholdTests
{
    private static readonly IDataView _data = Subjects.Data;

    private static readonly ShallowNetworkTransformer _model = Subjects.Trainer.Fit(_data);

    private static bool[] Labels(IDataView scored) => [.. scored.GetColumn<bool>("PredictedLabel")];

    /// <summary>In the middle of two rows' probabilities that differ, so that rounding decides nothing; so far up among all.</summary>
    private static double Between(double share)
    {
        float[] different = [.. _model.Transform(_data).GetColumn<float>("Probability").Distinct().Order()];
        int next = (int)(share * different.Length);
        return (different[next - 1] + (double)different[next]) / 2;
    }

    [Theory]
    [InlineData(0.15)]
    [InlineData(0.6)]
    [InlineData(0.9)]
    public void PredictedLabelsFollowItAndNothingElseDoes(double share)
    {
        double threshold = Between(share);
        ShallowNetworkTransformer moved = _model.WithThreshold(threshold);
        Assert.Equal((threshold, 0.5), (moved.Threshold, _model.Threshold));
        IDataView before = _model.Transform(_data), after = moved.Transform(_data);
        Assert.Equal(before.GetColumn<float>("Probability").Select(p => p > threshold), Labels(after));
        Assert.InRange(Labels(after).Count(label => label), 1, 199);
        Assert.Equal(before.GetColumn<float>("Score"), after.GetColumn<float>("Score"));
        Assert.Equal(before.GetColumn<float>("Probability"), after.GetColumn<float>("Probability"));
    }

    [Fact]
    public void ItIsSavedLoadedAndFoundAgain()
    {
        double threshold = Between(0.75);
        ShallowNetworkTransformer moved = _model.WithThreshold(threshold);
        bool[] expected = Labels(moved.Transform(_data));
        ITransformer loaded = Subjects.Reload(moved, _data.Schema);
        Assert.Equal(expected, Labels(loaded.Transform(_data)));
        Assert.Equal(threshold, Subjects.Ml.Model.FindShallowNetworks(loaded).Single().Threshold);
        Assert.Equal(expected, Labels(Subjects.Ml.Model.RestoreShallowNetworks(loaded).Transform(_data)));
        Assert.Equal(0.5, Subjects.Ml.Model.FindShallowNetworks(Subjects.Reload(_model, _data.Schema)).Single().Threshold);
        using PredictionEngine<TestRows.Row, TestRows.Prediction> engine = Subjects.Ml.Model.CreatePredictionEngine<TestRows.Row, TestRows.Prediction>(loaded, _data.Schema);
        Assert.Equal(expected, TestRows.Rows().Select(row => engine.Predict(row).PredictedLabel));
    }

    [Fact]
    public void APipelineThatWasLoadedOrTrainedTakesAnother()
    {
        double threshold = Between(0.2);
        IEstimator<ITransformer> pipeline = Subjects.Ml.Transforms.NormalizeMinMax("Features").Append(Subjects.Trainer).Append(Subjects.Ml.Transforms.CopyColumns("Called", "PredictedLabel"));
        ITransformer trained = pipeline.Fit(_data);
        bool[] expected = [.. trained.Transform(_data).GetColumn<float>("Probability").Select(p => p > threshold)];
        foreach (ITransformer model in (ITransformer[])[trained, Subjects.Reload(trained, _data.Schema)])
        {
            ITransformer moved = Subjects.Ml.Model.WithThreshold(model, threshold);
            Assert.Equal(expected, moved.Transform(_data).GetColumn<bool>("Called"));
            Assert.Equal(expected, Subjects.Reload(moved, _data.Schema).Transform(_data).GetColumn<bool>("Called"));
        }
    }

    [Fact]
    public void WhatAPartOfThePipelineIsForStays()
    {
        ITransformer copy = Subjects.Ml.Transforms.CopyColumns("Copy", "Label").Fit(_data), rename = Subjects.Ml.Transforms.CopyColumns("Called", "PredictedLabel").Fit(_model.Transform(_data));
        TransformerChain<ITransformer> chain = new TransformerChain<ITransformer>().Append(copy, TransformerScope.Training).Append<ITransformer>(_model)
            .Append(copy, TransformerScope.TrainTest).Append(rename, TransformerScope.Scoring);
        TransformerChain<ShallowNetworkTransformer> typed = new TransformerChain<ITransformer>().Append(copy, TransformerScope.Testing).Append(_model);
        AreAlike(chain, Subjects.Ml.Model.WithThreshold(chain, 0.2));
        AreAlike(typed, Subjects.Ml.Model.WithThreshold(typed, 0.2));
        AreAlike(chain, Subjects.Ml.Model.RestoreShallowNetworks(Subjects.Reload(chain, _data.Schema)));

        static void AreAlike<T>(TransformerChain<T> expected, ITransformer actual)
            where T : class, ITransformer
        {
            var chain = (TransformerChain<ITransformer>)actual;
            foreach (TransformerScope scope in (TransformerScope[])[TransformerScope.Training, TransformerScope.Testing, TransformerScope.Scoring, TransformerScope.TrainTest])
                Assert.Equal(Kinds(expected.GetModelFor(scope)), Kinds(chain.GetModelFor(scope)));
        }

        static IEnumerable<Type> Kinds(IEnumerable<ITransformer> parts) => parts.Select(part => part.GetType());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void OnlyAProbabilityIsOne(double threshold)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => _model.WithThreshold(threshold));
        Assert.StartsWith("A threshold is a probability, above 0 and below 1.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APipelineHasOneNetworkForIt()
    {
        ITransformer none = Subjects.Ml.Transforms.NormalizeMinMax("Features").Fit(_data);
        Assert.Contains("holds 0 two-layer networks", Assert.Throws<InvalidOperationException>(() => Subjects.Ml.Model.WithThreshold(none, 0.3)).Message);
        ITransformer two = new TransformerChain<ITransformer>(_model, _model);
        Assert.Contains("holds 2 two-layer networks", Assert.Throws<InvalidOperationException>(() => Subjects.Ml.Model.WithThreshold(two, 0.3)).Message);
    }
}
