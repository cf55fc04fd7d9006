using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;
using MlNetShallowNet.Persistence;
using Xunit;

namespace MlNetShallowNet.Tests;

/// <summary>What the library relies on in ML.NET beyond what that promises: when one of these fails with a newer version, look at the file named.</summary>
public class MlNetFactsTests
{
    private static ITransformer SaveAndLoad(ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        new MLContext().Model.Save(model, schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out _);
    }

    /// <summary>CatalogEnvironment.cs.</summary>
    [Fact]
    public void TheCatalogHasItsContextsEnvironment()
    {
        var ml = new MLContext(1);
        IHostEnvironment environment = CatalogEnvironment.Of(ml.BinaryClassification.Trainers)!;
        ConcurrentQueue<string> lines = LogLines.Of(ml);
        using (IChannel channel = environment.Register("Somebody").Start("Talking"))
            channel.Info(MessageSensitivity.None, "Hello");
        Assert.Contains(lines, line => line.Contains("[Source=Somebody; Talking") && line.Contains("Hello"));

        static int First(int seed) => CatalogEnvironment.Of(new MLContext(seed).BinaryClassification.Trainers)!.Register("Somebody").Rand.Next();
        Assert.Equal(First(4), First(4));
        Assert.NotEqual(First(4), First(5));
    }

    /// <summary>TrainingLog.cs has the words of in-box trainers.</summary>
    [Fact]
    public void InBoxTrainersLogRowsThatTheySkip()
    {
        List<string> Lines(Func<MLContext, IEstimator<ITransformer>> trainer)
        {
            var ml = new MLContext(1);
            ConcurrentQueue<string> lines = LogLines.Of(ml);
            List<TestRows.Row> rows = TestRows.Rows();
            rows[3].Features = [float.NaN, 1, 1, 1];
            trainer(ml).Fit(ml.Data.LoadFromEnumerable(rows));
            return [.. lines.Select(line => line.Split("] ")[^1]).Where(line => line.Contains("instances with missing", StringComparison.Ordinal))];
        }

        List<string> inBox = Lines(ml => ml.BinaryClassification.Trainers.AveragedPerceptron(numberOfIterations: 1));
        const string words = "Skipped 1 instances with missing features during training";
        Assert.Contains(words, inBox[0]);
        Assert.Contains(words, Lines(ml => ml.BinaryClassification.Trainers.ShallowNetwork(hiddenUnits: 2, numberOfIterations: 1)).Single());
    }

    /// <summary>Persistence/Rehydration.cs knows a saved network by the types of its parts.</summary>
    [Fact]
    public void ASavedChainIsLoadedPartByPart()
    {
        var ml = new MLContext(1);
        IDataView data = TestRows.View(ml);
        ITransformer loaded = SaveAndLoad(
            ml.BinaryClassification.Trainers.ShallowNetwork(hiddenUnits: 2, numberOfIterations: 1).Fit(data), data.Schema);
        ITransformer[] parts = [.. Assert.IsAssignableFrom<IEnumerable<ITransformer>>(loaded)];
        if (parts is [IEnumerable<ITransformer> inner])
            parts = [.. inner];
        Assert.Collection(
            parts,
            part => Assert.IsType<ApproximatedKernelTransformer>(part),
            part => Assert.IsType<ColumnCopyingTransformer>(part),
            part => Assert.IsType<CustomMappingTransformer<NoColumns, KeyColumn>>(part),
            part => Assert.IsType<ExpressionTransformer>(part),
            part => Assert.IsType<CustomMappingTransformer<ScoreInput, SavedScore>>(part),
            part => Assert.IsAssignableFrom<ISingleFeaturePredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>>(part),
            part => Assert.IsType<ColumnSelectingTransformer>(part),
            part => Assert.IsType<CustomMappingTransformer<NoColumns, NoColumns>>(part));
    }

    /// <summary>Persistence/IdentityClassifier.cs relies on the steps of an in-box trainer: two of them end at 1 and 0 to the bit.</summary>
    [Fact]
    public void TwoStepsOfGradientDescentGiveTheIdentity()
    {
        var identity = (ISingleFeaturePredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>)
            IdentityClassifier.Create(new MLContext(1), "Score", threshold: 0);
        Assert.Equal([1], identity.Model.SubModel.Weights);
        Assert.Equal(0, identity.Model.SubModel.Bias);
        Assert.Equal((-1, 0), (identity.Model.Calibrator.Slope, identity.Model.Calibrator.Offset));
    }

    /// <summary>Persistence/ScoreMapping.cs is no stateful mapping, which would give one cursor only.</summary>
    [Fact]
    public void ALoadedNetworkIsScoredOnSeveralCursors()
    {
        var ml = new MLContext(1);
        IDataView data = ml.Data.Cache(TestRows.View(ml));
        IDataView scored = SaveAndLoad(
            ml.BinaryClassification.Trainers.ShallowNetwork(hiddenUnits: 2, numberOfIterations: 1).Fit(data), data.Schema).Transform(data);
        DataViewRowCursor[] cursors = scored.GetRowCursorSet([scored.Schema["Score"]], 3);
        Assert.Equal(3, cursors.Length);
        Array.ForEach(cursors, cursor => cursor.Dispose());
    }

    /// <summary>Persistence/ScoreMapping.cs finds a parsed network by the identity of its text, which all cursors share.</summary>
    [Fact]
    public void AnExpressionsConstantIsOneString()
    {
        var ml = new MLContext(1);
        IDataView data = ml.Transforms.Expression("Text", "x => \"constant\"", "Weight").Fit(TestRows.View(ml)).Transform(TestRows.View(ml));
        ReadOnlyMemory<char>[] texts = [.. data.GetColumn<ReadOnlyMemory<char>>("Text"), .. data.GetColumn<ReadOnlyMemory<char>>("Text")];
        Assert.All(texts, text => Assert.True(
            System.Runtime.InteropServices.MemoryMarshal.TryGetString(text, out string? of, out _, out _)
            && System.Runtime.InteropServices.MemoryMarshal.TryGetString(texts[0], out string? first, out _, out _) && ReferenceEquals(of, first)));
    }

    /// <summary>DataViews/OutputColumns.cs writes the annotations of in-box scorers.</summary>
    [Fact]
    public void ScoreColumnsHaveTheseAnnotations()
    {
        var ml = new MLContext(1);
        IDataView data = TestRows.View(ml), inBox = ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(data).Transform(data);
        foreach (string name in new[] { "PredictedLabel", "Score", "Probability" })
        {
            DataViewSchema.Annotations annotations = inBox.Schema[name].Annotations;
            uint set = 0;
            ReadOnlyMemory<char> kind = default, value = default;
            annotations.GetValue("ScoreColumnSetId", ref set);
            annotations.GetValue("ScoreColumnKind", ref kind);
            annotations.GetValue("ScoreValueKind", ref value);
            Assert.Equal((1u, "BinaryClassification", name), (set, kind.ToString(), value.ToString()));
            Assert.Equal(new KeyDataViewType(typeof(uint), int.MaxValue), annotations.Schema["ScoreColumnSetId"].Type);
            Assert.Equal(name == "Probability", annotations.Schema.Any(column => column.Name == "IsNormalized"));
        }
    }

    /// <summary>ShallowNetworkTrainer.cs leaves the shape of its output, and errors about its input, to an in-box trainer.</summary>
    [Fact]
    public void InBoxTrainersDescribeTheirColumns()
    {
        var ml = new MLContext(1);
        IDataView data = TestRows.View(ml);
        // An estimator chain asks the shape of every estimator before it fits the first.
        string Refusal(IEstimator<ITransformer> trainer) => Assert.Throws<ArgumentOutOfRangeException>(
            () => ml.Transforms.CopyColumns("Other", "Label").Append(trainer).Append(ml.Transforms.CopyColumns("Last", "Score")).Fit(data)).Message;
        string inBox = Refusal(ml.BinaryClassification.Trainers.LbfgsLogisticRegression("Label", "Nowhere"));
        Assert.Contains("feature column 'Nowhere'", inBox);
        Assert.Equal(inBox, Refusal(ml.BinaryClassification.Trainers.ShallowNetwork("Label", "Nowhere")));
    }

    /// <summary>Trainer.csproj freezes the AssemblyVersion: saved models name the assembly with it, and a lower one could not load them.</summary>
    [Fact]
    public void ModelsNameTheAssemblyWithItsVersion()
    {
        var ml = new MLContext(1);
        IDataView data = TestRows.View(ml);
        using var stream = new MemoryStream();
        ml.Model.Save(ml.BinaryClassification.Trainers.ShallowNetwork(hiddenUnits: 2, numberOfIterations: 1).Fit(data), data.Schema, stream);
        stream.Position = 0;
        using var zip = new System.IO.Compression.ZipArchive(stream);
        IEnumerable<string> contents = zip.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open(), System.Text.Encoding.Latin1);
            return reader.ReadToEnd().Replace("\0", "", StringComparison.Ordinal);
        });
        Assert.Contains(contents, content => content.Contains("MlNetShallowNet, Version=1.0.0.0", StringComparison.Ordinal));
        Assert.Equal(new Version(1, 0, 0, 0), typeof(ShallowNetworkTrainer).Assembly.GetName().Version);
    }
}
