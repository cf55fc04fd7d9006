using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Differential;

/// <summary>
/// Everything random is drawn from the context's seed in the order in which operations register with it; an operation that registers once
/// more or once less than on the package would change every later shuffle.
/// </summary>
public class SeedDifferentialTests
{
    private static readonly Dictionary<string, Action<MLContext, IDataView>> Operations = new()
    {
        ["nothing"] = (_, _) => { },
        ["LoadFromEnumerable"] = (ml, _) => Tables.Small(ml),
        ["LoadFromTextFile with columns"] = (ml, _) => ml.Data.LoadFromTextFile(
            Path.Combine(AppContext.BaseDirectory, "data", "breast-cancer.csv"), [new TextLoader.Column("X", DataKind.Single, 0)], ',',
            true),
        ["LoadFromTextFile of a class"] = (ml, _) => ml.Data.LoadFromTextFile<FirstColumn>(
            Path.Combine(AppContext.BaseDirectory, "data", "breast-cancer.csv"), ',', true),
        ["CreateTextLoader and Load"] = (ml, _) => ml.Data
            .CreateTextLoader([new TextLoader.Column("X", DataKind.Single, 0)], ',', true).Load(
            new MultiFileSource(Path.Combine(AppContext.BaseDirectory, "data", "breast-cancer.csv"))),
        ["Concatenate"] = (ml, _) => ml.Transforms.Concatenate("X", "Number"),
        ["Concatenate, fitted and used"] = (ml, data) => ml.Transforms.Concatenate("X", "Number").Fit(data).Transform(data),
        ["CopyColumns"] = (ml, _) => ml.Transforms.CopyColumns("X", "Number"),
        ["DropColumns"] = (ml, _) => ml.Transforms.DropColumns("Number"),
        ["SelectColumns"] = (ml, _) => ml.Transforms.SelectColumns("Number"),
        ["NormalizeMinMax, fitted and used"] = (ml, data) => ml.Transforms.NormalizeMinMax("Number").Fit(data).Transform(data),
        ["NormalizeLpNorm"] = (ml, _) => ml.Transforms.NormalizeLpNorm("Vector"),
        ["ReplaceMissingValues, fitted"] = (ml, data) => ml.Transforms.ReplaceMissingValues("Number").Fit(data),
        ["IndicateMissingValues"] = (ml, _) => ml.Transforms.IndicateMissingValues("Number"),
        ["OneHotEncoding, fitted and used"] = (ml, data) => ml.Transforms.Categorical.OneHotEncoding("Text").Fit(data).Transform(data),
        ["OneHotHashEncoding, fitted"] = (ml, data) => ml.Transforms.Categorical.OneHotHashEncoding("Text").Fit(data),
        ["MapValueToKey, fitted"] = (ml, data) => ml.Transforms.Conversion.MapValueToKey("Text").Fit(data),
        ["MapKeyToValue"] = (ml, _) => ml.Transforms.Conversion.MapKeyToValue("Text"),
        ["MapValue"] = (ml, _) => ml.Transforms.Conversion.MapValue("X", [new KeyValuePair<string, float>("a", 1)], "Text"),
        ["ConvertType"] = (ml, _) => ml.Transforms.Conversion.ConvertType("Flag"),
        ["CustomMapping"] = (ml, _) => ml.Transforms.CustomMapping<Empty, Made>((_, _) => { }, null),
        ["Expression, fitted"] = (ml, data) => ml.Transforms.Expression("X", "x => \"a\"", "Number").Fit(data),
        ["LbfgsLogisticRegression"] = (ml, _) => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(),
        ["LbfgsLogisticRegression, fitted and used"] = (ml, data)
            => ml.BinaryClassification.Trainers.LbfgsLogisticRegression("Label", "Vector").Fit(data).Transform(data),
        ["Prior"] = (ml, _) => ml.BinaryClassification.Trainers.Prior(),
        ["Evaluate"] = (ml, data) => ml.BinaryClassification.EvaluateNonCalibrated(data, "Flag", "Number", "Flag"),
        ["CrossValidate"] = (ml, _) => ml.BinaryClassification.CrossValidateNonCalibrated(Tables.BreastCancer(ml),
            ml.BinaryClassification.Trainers.LbfgsLogisticRegression(), 2, seed: 1),
        ["TrainTestSplit"] = (ml, data) => ml.Data.TrainTestSplit(data),
        ["TrainTestSplit by a key"] = (ml, data) => ml.Data.TrainTestSplit(data, samplingKeyColumnName: "Text"),
        ["CrossValidationSplit"] = (ml, data) => ml.Data.CrossValidationSplit(data, 3),
        ["ShuffleRows"] = (ml, data) => ml.Data.ShuffleRows(data),
        ["Cache"] = (ml, data) => ml.Data.Cache(data),
        ["TakeRows"] = (ml, data) => ml.Data.TakeRows(data, 2),
        ["SkipRows"] = (ml, data) => ml.Data.SkipRows(data, 2),
        ["FilterRowsByMissingValues"] = (ml, data) => ml.Data.FilterRowsByMissingValues(data, "Number"),
        ["CreateEnumerable"] = (ml, data) => ml.Data.CreateEnumerable<Tables.Row>(data, false).Count(),
        ["Append and AppendCacheCheckpoint, fitted"] = (ml, data) => ml.Transforms.CopyColumns("X", "Number").AppendCacheCheckpoint(ml)
            .Append(ml.Transforms.CopyColumns("Y", "X")).Fit(data),
        ["Save"] = (ml, data) => ml.Model.Save(ml.Transforms.CopyColumns("X", "Number").Fit(data), data.Schema, new MemoryStream()),
        ["Save and Load"] = (ml, data) => SaveAndLoad(ml, ml.Transforms.CopyColumns("X", "Number"), data, data.Schema),
        ["Save and Load without a schema"] = (ml, data) => SaveAndLoad(ml, ml.Transforms.CopyColumns("X", "Number"), data, null),
        ["Save and Load of a chain"] = (ml, data)
            => SaveAndLoad(ml, ml.Transforms.CopyColumns("X", "Number").Append(ml.Transforms.CopyColumns("Y", "X")), data, data.Schema),
        ["CreatePredictionEngine"] = (ml, data)
            => ml.Model.CreatePredictionEngine<Tables.Row, Made>(ml.Transforms.CopyColumns("X", "Number").Fit(data)),
    };

    [Fact]
    public void Operations_register_as_often_as_on_the_package()
    {
        var transcript = new Transcript();
        foreach (var (name, operation) in Operations)
        {
            var ml = new MLContext(11);
            var data = Tables.Small(ml);
            int before = Registrations(new MLContext(11), Next(ml));
            operation(ml, data);
            transcript.Line($"{name}: {Registrations(new MLContext(11), Next(ml)) - before - 1}");
        }

        transcript.Compare("registrations");
    }

    // A number drawn by a newly registered host tells how many hosts were registered before it.
    private static int Next(MLContext ml) => ((IHostEnvironment)ml).Register("Probe").Rand.Next();

    private static int Registrations(MLContext fresh, int number)
    {
        for (int count = 0; count < 200; count++)
        {
            if (Next(fresh) == number)
                return count;
        }

        throw new InvalidOperationException("The number isn't among the first 200 that the seed gives.");
    }

    private static void SaveAndLoad(MLContext ml, IEstimator<ITransformer> estimator, IDataView data, DataViewSchema? schema)
    {
        using var stream = new MemoryStream();
        ml.Model.Save(estimator.Fit(data), schema, stream);
        stream.Position = 0;
        ml.Model.Load(stream, out _);
    }

    private sealed class FirstColumn
    {
        [LoadColumn(0)]
        public float X { get; set; }
    }

    private sealed class Empty;

    private sealed class Made
    {
        public float X { get; set; }
    }
}
