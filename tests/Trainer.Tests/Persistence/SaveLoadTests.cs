using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.Tests.Persistence;

public class SaveLoadTests
{
    private static readonly ShallowNetworkTrainer.Options _quick = new() { HiddenUnits = 5, NumberOfIterations = 3, Seed = 3 };

    private static ITransformer SaveAndLoad(ITransformer model, DataViewSchema? schema, out DataViewSchema loadedSchema)
    {
        using var stream = new MemoryStream();
        new MLContext().Model.Save(model, schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out loadedSchema);
    }

    private static void AssertSameOutputs(IDataView expected, IDataView actual)
    {
        Assert.Equal(expected.GetColumn<float>("Score").Select(BitConverter.SingleToUInt32Bits), actual.GetColumn<float>("Score").Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal(expected.GetColumn<float>("Probability").Select(BitConverter.SingleToUInt32Bits), actual.GetColumn<float>("Probability").Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal(expected.GetColumn<bool>("PredictedLabel"), actual.GetColumn<bool>("PredictedLabel"));
    }

    [Fact]
    public void LoadedModelScoresBitForBit()
    {
        var ml = new MLContext(1);
        IDataView data = TestRows.View(ml);
        ShallowNetworkTransformer model = ml.BinaryClassification.Trainers.ShallowNetwork(_quick).Fit(data);
        ITransformer loaded = SaveAndLoad(model, data.Schema, out _);
        AssertSameOutputs(model.Transform(data), loaded.Transform(data));
    }

    [Fact]
    public void PredictionEngineOfLoadedModelScoresBitForBit()
    {
        var ml = new MLContext(1);
        List<TestRows.Row> rows = TestRows.Rows();
        IDataView data = ml.Data.LoadFromEnumerable(rows);
        ShallowNetworkTransformer model = ml.BinaryClassification.Trainers.ShallowNetwork(_quick).Fit(data);
        ITransformer loaded = SaveAndLoad(model, data.Schema, out DataViewSchema schema);
        using PredictionEngine<TestRows.Row, TestRows.Prediction> live = ml.Model.CreatePredictionEngine<TestRows.Row, TestRows.Prediction>(model);
        using PredictionEngine<TestRows.Row, TestRows.Prediction> again = ml.Model.CreatePredictionEngine<TestRows.Row, TestRows.Prediction>(loaded, schema);
        float[] scores = TestRows.Scores(model.Transform(data));
        for (int i = 0; i < rows.Count; i++)
        {
            Assert.Equal(scores[i], live.Predict(rows[i]).Score);
            Assert.Equal(scores[i], again.Predict(rows[i]).Score);
        }
    }

    [Fact]
    public void LongerPipelineWithTwoNetworksAndOtherColumnNames()
    {
        var ml = new MLContext(1);
        IDataView data = TestRows.View(ml);
        var first = new ShallowNetworkTrainer.Options { FeatureColumnName = "X", LabelColumnName = "Y", HiddenUnits = 3, NumberOfIterations = 2, Seed = 4 };
        IEstimator<ITransformer> pipeline = ml.Transforms.CopyColumns("Y", "Label")
            .Append(ml.Transforms.NormalizeMinMax("X", "Features"))
            .Append(ml.BinaryClassification.Trainers.ShallowNetwork(first))
            .Append(ml.Transforms.CopyColumns("FirstScore", "Score"))
            .Append(ml.Transforms.Concatenate("Both", "Features", "FirstScore"))
            .Append(ml.BinaryClassification.Trainers.ShallowNetwork(featureColumnName: "Both", hiddenUnits: 2, numberOfIterations: 2));
        ITransformer model = pipeline.Fit(data);
        ITransformer loaded = SaveAndLoad(model, data.Schema, out _);
        AssertSameOutputs(model.Transform(data), loaded.Transform(data));
        Assert.Equal(model.Transform(data).GetColumn<float>("FirstScore"), loaded.Transform(data).GetColumn<float>("FirstScore"));
        Assert.Equal(["X", "Both"], ml.Model.FindShallowNetworks(loaded).Select(n => n.FeatureColumnName));
        Assert.Equal([4, 5], ml.Model.FindShallowNetworks(loaded).Select(n => n.Model.FeatureCount));
        Assert.DoesNotContain(loaded.Transform(data).Schema, column => column.Name.StartsWith("MlNetShallowNet", StringComparison.Ordinal) && !column.IsHidden);

        ITransformer restored = ml.Model.RestoreShallowNetworks(loaded);
        AssertSameOutputs(model.Transform(data), restored.Transform(data));
        AssertSameOutputs(model.Transform(data), SaveAndLoad(restored, data.Schema, out _).Transform(data));
    }

    [Fact]
    public void LoadedTypedTransformerHasAnnotationsParametersAndHistory()
    {
        var ml = new MLContext(1);
        IDataView data = TestRows.View(ml);
        ShallowNetworkTransformer model = ml.BinaryClassification.Trainers.ShallowNetwork(_quick).Fit(data);
        using var stream = new MemoryStream();
        ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        ShallowNetworkTransformer loaded = ml.Model.LoadShallowNetwork(stream, out DataViewSchema schema);
        Assert.Equal(data.Schema.Select(c => c.Name), schema.Select(c => c.Name));
        Assert.True(model.Model.W1.SequenceEqual(loaded.Model.W1) && model.Model.B1.SequenceEqual(loaded.Model.B1) && model.Model.W2.SequenceEqual(loaded.Model.W2));
        Assert.Equal(model.Model.B2, loaded.Model.B2);
        Assert.Equal(model.Model.Activation, loaded.Model.Activation);
        Assert.Equal(model.Model.History.Epochs, loaded.Model.History.Epochs);
        Assert.Equal(
            model.Transform(data).Schema["Score"].Annotations.Schema.Select(c => c.Name),
            loaded.Transform(data).Schema["Score"].Annotations.Schema.Select(c => c.Name));
    }

    [Fact]
    public void SparseFeaturesAndNullSchema()
    {
        var ml = new MLContext(1);
        IDataView data = ml.Data.LoadFromEnumerable(TestRows.SparseRows());
        ShallowNetworkTransformer model = ml.BinaryClassification.Trainers.ShallowNetwork(_quick).Fit(data);
        AssertSameOutputs(model.Transform(data), SaveAndLoad(model, null, out _).Transform(data));
    }

    private sealed class Sine(string name) : IActivation
    {
        public string Name => name;

        public double Value(double z) => Math.Sin(z);

        public double Derivative(double z) => Math.Cos(z);
    }

    [Fact]
    public void AnActivationMustBeRegisteredToSave()
    {
        var ml = new MLContext(1);
        IDataView data = TestRows.View(ml);
        var options = new ShallowNetworkTrainer.Options { Activation = new Sine("test-sine"), HiddenUnits = 3, NumberOfIterations = 2 };
        ShallowNetworkTransformer model = ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(data);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => ml.Model.Save(model, data.Schema, new MemoryStream()));
        Assert.Contains("test-sine", error.Message);
        Assert.Contains("Register", error.Message);

        Activation.Register(new Sine("test-sine"));
        using var stream = new MemoryStream();
        ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        AssertSameOutputs(model.Transform(data), ml.Model.LoadShallowNetwork(stream, out _).Transform(data));
    }

    [Fact]
    public void ADamagedFileIsInvalidDataWhenItIsLoadedAsANetwork()
    {
        var ml = new MLContext(1);
        IDataView data = TestRows.View(ml);
        using var stream = new MemoryStream();
        ml.Model.Save(ml.BinaryClassification.Trainers.ShallowNetwork(_quick).Fit(data), data.Schema, stream);
        byte[] whole = stream.ToArray();
        foreach (int length in new[] { 0, 100, whole.Length / 2, whole.Length - 30 })
            Assert.Throws<InvalidDataException>(() => ml.Model.LoadShallowNetwork(new MemoryStream(whole[..length]), out _));
    }
}
