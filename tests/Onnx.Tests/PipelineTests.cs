using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.OnnxTests;

/// <summary>What stands around the network in a user's pipeline.</summary>
public sealed class PipelineTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void PreprocessingOfManyKindsIsInTheFile()
    {
        IDataView rows = Rows();
        ITransformer model = Fit(rows, _ml.Transforms.Categorical.OneHotEncoding("ColourVector", "Colour")
            .Append(_ml.Transforms.ReplaceMissingValues("Age", replacementMode: Microsoft.ML.Transforms.MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(_ml.Transforms.NormalizeMinMax("Age"))
            .Append(_ml.Transforms.NormalizeMeanVariance("Sizes"))
            .Append(_ml.Transforms.IndicateMissingValues("Holes", "Sizes"))
            .Append(_ml.Transforms.ReplaceMissingValues("Sizes"))
            .Append(_ml.Transforms.Conversion.ConvertType("Holes"))
            .Append(_ml.Transforms.Conversion.ConvertType("Count"))
            .Append(_ml.Transforms.Concatenate("Features", "Sizes", "Holes", "ColourVector", "Age", "Count")));
        using OnnxFile file = OnnxFile.Of(model, rows.Schema);
        file.IsLike(model, rows);
        Assert.Equal(["Age", "Colour", "Count", "Sizes"], file.Inputs);
        Assert.Equal(["Score", "Probability", "PredictedLabel"], file.Outputs);
    }

    [Fact]
    public void ALoadedModelGivesTheSameFile()
    {
        IDataView rows = Rows();
        ITransformer model = Fit(rows, _ml.Transforms.Concatenate("Features", "Sizes", "Age").Append(_ml.Transforms.ReplaceMissingValues("Features")));
        using MemoryStream saved = new(), direct = new(), loaded = new();
        _ml.Model.Save(model, rows.Schema, saved);
        saved.Position = 0;
        _ml.Model.ExportToOnnx(model, rows.Schema, direct);
        ITransformer again = _ml.Model.Load(saved, out DataViewSchema schema);
        _ml.Model.ExportToOnnx(again, schema, loaded);
        Assert.Equal(direct.ToArray(), loaded.ToArray());
        using var file = new OnnxFile(loaded.ToArray());
        file.IsLike(again, rows);
    }

    [Fact]
    public void WhatTheScoresDoNotNeedIsLeftOut()
    {
        IDataView rows = Rows();
        ITransformer model = Fit(rows, _ml.Transforms.Text.FeaturizeText("Unused", "Colour")
            .Append(_ml.Transforms.CustomMapping<Row, Doubled>((row, doubled) => doubled.Twice = 2 * row.Age, "twice"))
            .Append(_ml.Transforms.Concatenate("Features", "Count2", "Sizes"))
            .Append(_ml.Transforms.ReplaceMissingValues("Features"))
            .Append(_ml.Transforms.DropColumns("Twice")));
        using OnnxFile file = OnnxFile.Of(model, rows.Schema);
        file.IsLike(model, rows);
        Assert.Equal(["Count2", "Sizes"], file.Inputs);
    }

    [Fact]
    public void WhatStandsBehindTheNetworkIsInTheFile()
    {
        IDataView rows = Rows();
        ITransformer network = Fit(rows, _ml.Transforms.Concatenate("Features", "Count2", "Sizes").Append(_ml.Transforms.ReplaceMissingValues("Features")));
        ITransformer behind = _ml.Transforms.NormalizeMinMax("Score").Append(_ml.Transforms.DropColumns("Age")).Fit(network.Transform(rows));
        var model = new TransformerChain<ITransformer>(network, behind);
        using OnnxFile file = OnnxFile.Of(model, rows.Schema);
        file.IsLike(model, rows);
        Assert.NotEqual(Scored.Of(network.Transform(rows))[0].Score, file.Score(rows)[0].Score);
    }

    [Fact]
    public void ACalibratorBehindTheNetworkIsInTheFileOrNamed()
    {
        IDataView rows = Rows();
        ITransformer network = Fit(rows, _ml.Transforms.Concatenate("Features", "Count2", "Sizes").Append(_ml.Transforms.ReplaceMissingValues("Features")));
        BinaryClassificationCatalog.CalibratorsCatalog calibrators = _ml.BinaryClassification.Calibrators;
        foreach (IEstimator<ITransformer> calibrator in (IEstimator<ITransformer>[])[calibrators.Platt(), calibrators.Platt(slope: -2, offset: 0.5), calibrators.Naive()])
        {
            ITransformer calibrated = Behind(calibrator);
            using OnnxFile file = OnnxFile.Of(calibrated, rows.Schema);
            file.IsLike(calibrated, rows);
            Assert.NotEqual(Scored.Of(network.Transform(rows))[0].Probability, file.Score(rows)[0].Probability);
        }
        string refused = Assert.Throws<InvalidOperationException>(() => OnnxFile.Of(Behind(calibrators.Isotonic()), rows.Schema)).Message;
        Assert.Contains("The step IsotonicCalibrator, which makes the column 'Probability', can't be written as ONNX", refused, StringComparison.Ordinal);

        TransformerChain<ITransformer> Behind(IEstimator<ITransformer> calibrator) => new(network, calibrator.Fit(network.Transform(rows)));
    }

    [Fact]
    public void WordsThatTrainingDidNotSeeAndOneRowAreAlike()
    {
        IDataView rows = Rows();
        ITransformer model = Fit(rows, _ml.Transforms.Categorical.OneHotEncoding("Colour").Append(_ml.Transforms.Concatenate("Features", "Colour", "Count2")));
        using OnnxFile file = OnnxFile.Of(model, rows.Schema);
        foreach (string word in (string[])["purple", "", "RED"])
        {
            IDataView one = _ml.Data.LoadFromEnumerable([new Row { Colour = word, Count2 = 1 }]);
            file.IsLike(model, one);
        }
    }

    [Fact]
    public void WhatHasNoFormInOnnxIsNamed()
    {
        IDataView rows = Rows();
        Refuses(rows, _ml.Transforms.Text.FeaturizeText("Features", "Colour"), "FeaturizeText", "'Features'");
        Refuses(rows, _ml.Transforms.CustomMapping<Row, Doubled>((row, doubled) => doubled.Twice = 2 * row.Age, "twice")
            .Append(_ml.Transforms.Concatenate("Features", "Twice", "Count2")), "CustomMapping", "'Twice'");
        Refuses(rows, _ml.Transforms.Expression("Sum", "(a, b) => a + b", "Age", "Count2").Append(_ml.Transforms.Concatenate("Features", "Sum")), "Expression", "'Sum'");
        Refuses(rows, _ml.Transforms.NormalizeBinning("Count2").Append(_ml.Transforms.Concatenate("Features", "Count2")), "Normalizing", "'Count2'");
    }

    /// <summary>ML.NET's conversion writes these, but OnnxRuntime gives other scores for some rows, or ends at them.</summary>
    [Fact]
    public void WhatMlNetsConversionWritesWronglyIsNamed()
    {
        IDataView rows = Rows();
        IEstimator<ITransformer> features = _ml.Transforms.Concatenate("Features", "Made");
        Refuses(rows, _ml.Transforms.Conversion.ConvertType("Text", "Label", DataKind.String)
            .Append(_ml.Transforms.Categorical.OneHotEncoding("Made", "Text")).Append(features), "TypeConverting", "'Text'");
        Refuses(rows, _ml.Transforms.Conversion.ConvertType("Text", "Age", DataKind.String)
            .Append(_ml.Transforms.Categorical.OneHotEncoding("Made", "Text")).Append(features), "TypeConverting", "'Text'");
        Refuses(rows, _ml.Transforms.Conversion.ConvertType("Made", "Colour", DataKind.Single)
            .Append(_ml.Transforms.ReplaceMissingValues("Made")).Append(features), "TypeConverting", "'Made'");
        foreach (string column in (string[])["Colour", "Age", "Sizes"])
        {
            Refuses(rows, _ml.Transforms.Categorical.OneHotHashEncoding("Made", column, numberOfBits: 4).Append(features), "OneHotHashEncoding", "'Made'");
            Refuses(rows, _ml.Transforms.Conversion.Hash("Hash", column, numberOfBits: 4)
                .Append(_ml.Transforms.Conversion.MapKeyToVector("Made", "Hash")).Append(features), "Hashing", "'Hash'");
        }
        Refuses(rows, _ml.Transforms.Concatenate("Counts", "Count", "Count")
            .Append(_ml.Transforms.Categorical.OneHotHashEncoding("Made", "Counts", numberOfBits: 4)).Append(features), "OneHotHashEncoding", "'Made'");
        IEstimator<ITransformer> whole = _ml.Transforms.ReplaceMissingValues("Sizes");
        Refuses(rows, whole.Append(_ml.Transforms.NormalizeLpNorm("Made", "Sizes")).Append(features), "LpNormNormalizing", "'Made'");
        Refuses(rows, whole.Append(_ml.Transforms.NormalizeGlobalContrast("Made", "Sizes")).Append(features), "LpNormNormalizing", "'Made'");
    }

    [Fact]
    public void WholeNumbersBecomeTextsAndHashes()
    {
        IDataView rows = Rows();
        ITransformer model = Fit(rows, _ml.Transforms.Conversion.ConvertType("Text", "Count", DataKind.String)
            .Append(_ml.Transforms.Categorical.OneHotEncoding("Word", "Text"))
            .Append(_ml.Transforms.Categorical.OneHotHashEncoding("Hash", "Count", numberOfBits: 4))
            .Append(_ml.Transforms.Concatenate("Features", "Word", "Hash")));
        using OnnxFile file = OnnxFile.Of(model, rows.Schema);
        file.IsLike(model, rows);
    }

    [Fact]
    public void OfALoadedModelTheSameIsNamed()
    {
        IDataView rows = Rows();
        using MemoryStream saved = new();
        _ml.Model.Save(Fit(rows, _ml.Transforms.Text.FeaturizeText("Features", "Colour")), rows.Schema, saved);
        saved.Position = 0;
        ITransformer loaded = _ml.Model.Load(saved, out DataViewSchema schema);
        Assert.Contains("FeaturizeText", Assert.Throws<InvalidOperationException>(() => OnnxFile.Of(loaded, schema)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APipelineWithoutANetworkIsNoneOfOurs()
    {
        IDataView rows = Rows();
        ITransformer model = _ml.Transforms.Concatenate("Features", "Age", "Count2").Append(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression()).Fit(rows);
        Assert.Contains("ConvertToOnnx", Assert.Throws<InvalidOperationException>(() => OnnxFile.Of(model, rows.Schema)).Message);
    }

    [Fact]
    public void AnInputCalledAsAnOutputIsRefused()
    {
        IDataView rows = _ml.Transforms.CopyColumns("Score", "Count2").Fit(Rows()).Transform(Rows());
        ITransformer model = Fit(rows, _ml.Transforms.Concatenate("Features", "Score"));
        Assert.Contains("'Score'", Assert.Throws<InvalidOperationException>(() => OnnxFile.Of(model, rows.Schema)).Message);
    }

    private ITransformer Fit(IDataView rows, IEstimator<ITransformer> before) => before.Append(_ml.BinaryClassification.Trainers.ShallowNetwork(
        new ShallowNetworkTrainer.Options { HiddenUnits = 9, NumberOfIterations = 20 })).Fit(rows);

    private void Refuses(IDataView rows, IEstimator<ITransformer> before, params string[] names)
    {
        string message = Assert.Throws<InvalidOperationException>(() => OnnxFile.Of(Fit(rows, before), rows.Schema)).Message;
        Assert.All(names, name => Assert.Contains(name, message, StringComparison.Ordinal));
    }

    private IDataView Rows()
    {
        var random = new Random(2);
        string[] colours = ["red", "green", "blue", "", "white, black"];
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 250).Select(i => new Row
        {
            Age = i % 9 == 0 ? float.NaN : random.NextSingle() * 80,
            Count = random.Next(50),
            Count2 = random.Next(50),
            Sizes = [random.NextSingle(), i % 7 == 0 ? float.NaN : 1000 * random.NextSingle(), 0],
            Colour = colours[i % 5],
            Label = (i % 5 < 2) ^ random.Next(4) == 0,
        }).ToList());
    }

    private sealed class Row
    {
        public float Age { get; set; }

        public int Count { get; set; }

        public float Count2 { get; set; }

        [VectorType(3)]
        public float[] Sizes { get; set; } = [0, 0, 0];

        public string Colour { get; set; } = "";

        public bool Label { get; set; }
    }

    private sealed class Doubled
    {
        public float Twice { get; set; }
    }
}
