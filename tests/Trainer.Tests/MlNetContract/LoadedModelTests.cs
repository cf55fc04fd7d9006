using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.Tests.MlNetContract;

/// <summary>A model that ml.Model.Load gave back checks and says as much as an in-box one that was loaded.</summary>
public class LoadedModelTests
{
    private static IDataView OfType(DataViewType type, string name = "Features")
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(AnyFeatures));
        SchemaDefinition.Column column = definition[nameof(AnyFeatures.Features)];
        (column.ColumnName, column.ColumnType) = (name, type);
        return Subjects.Ml.Data.LoadFromEnumerable(new[] { new AnyFeatures { Features = new VBuffer<float>(5, [1, 2, 3, 4, 5]) } }, definition);
    }

    public static TheoryData<string> WrongData => ["another size", "unknown size", "missing", "another type"];

    private static IDataView Wrong(string data) => data switch
    {
        "another size" => OfType(new VectorDataViewType(NumberDataViewType.Single, 5)),
        "unknown size" => OfType(new VectorDataViewType(NumberDataViewType.Single)),
        "missing" => OfType(new VectorDataViewType(NumberDataViewType.Single, 4), "Other"),
        _ => Subjects.Ml.Transforms.Conversion.ConvertType("Features", outputKind: DataKind.Double).Fit(Subjects.Data).Transform(Subjects.Data),
    };

    [Theory]
    [MemberData(nameof(WrongData))]
    public void WrongFeaturesAreRefusedBeforeAnyRowUnderTheUsersName(string data)
    {
        IDataView wrong = Wrong(data);
        ITransformer loaded = Subjects.Model(Subjects.Loaded);
        (Type? Kind, string? Argument) inBox = Subjects.Thrown(() => Subjects.Reload(Subjects.Model(Subjects.InBox), Subjects.Data.Schema).GetOutputSchema(wrong.Schema));
        Assert.Equal(typeof(ArgumentOutOfRangeException), inBox.Kind);
        foreach (Action bind in new Action[] { () => loaded.GetOutputSchema(wrong.Schema), () => loaded.Transform(wrong), () => loaded.GetRowToRowMapper(wrong.Schema) })
        {
            Exception? error = Record.Exception(bind);
            Assert.Equal(inBox, (error?.GetType(), (error as ArgumentException)?.ParamName));
            Assert.Contains("'Features'", error!.Message);
            Assert.DoesNotContain("MlNetShallowNet", error.Message);
        }
    }

    [Fact]
    public void OutputsAreAnnotatedAsInBoxOnes()
    {
        IDataView data = Subjects.Data, inBox = Subjects.Model(Subjects.InBox).Transform(data);
        Assert.Equal(Annotated.Columns(inBox), Annotated.Columns(Subjects.Model(Subjects.Loaded).Transform(data)));
        Assert.Equal(Annotated.Columns(Subjects.Model(Subjects.InBox, inBox).Transform(inBox)), Annotated.Columns(Subjects.Model(Subjects.Loaded, inBox).Transform(inBox)));
    }

    [Theory]
    [MemberData(nameof(HiddenColumnTests.Inputs), MemberType = typeof(HiddenColumnTests))]
    public void AllColumnsStandWhereTheTrainedModelPutsThem(string names)
    {
        IDataView data = HiddenColumnTests.With(names);
        ITransformer trained = Subjects.Model(Subjects.Trained, data);
        static string[] Columns(DataViewSchema schema) => [.. schema.Select(c => $"{c.Index} {c.Name} {c.Type} {c.IsHidden}")];
        Assert.Equal(Columns(trained.Transform(data).Schema), Columns(Subjects.Reload(trained, data.Schema).Transform(data).Schema));
    }

    [Fact]
    public void ScoresOfEverySizeKeepTheirBits()
    {
        // One unit of slope 1 makes the score of a positive feature that feature.
        var network = new ShallowNetworkModelParameters(Activation.ReLU, 1, [1, -1], [0, 0], [1, -1], 0);
        var random = new Random(3);
        float[] features = [0, 1e-45f, -1e-40f, float.MaxValue, float.MinValue, float.NaN, float.PositiveInfinity, float.NegativeInfinity,
            .. Enumerable.Range(0, 5_000).Select(_ => BitConverter.Int32BitsToSingle(random.Next())), .. Enumerable.Range(0, 5_000).Select(_ => (float)(random.NextDouble() * 200 - 100))];
        IDataView data = Subjects.Ml.Data.LoadFromEnumerable(features.Select(x => new One { Features = [x] }).ToArray());
        var trained = new ShallowNetworkTransformer(network, "Features");
        IDataView expected = trained.Transform(data), found = Subjects.Reload(trained, data.Schema).Transform(data);
        foreach (string column in new[] { "Score", "Probability" })
            Assert.Equal(expected.GetColumn<float>(column), found.GetColumn<float>(column));
        Assert.Equal(expected.GetColumn<bool>("PredictedLabel"), found.GetColumn<bool>("PredictedLabel"));
    }

    private sealed class AnyFeatures
    {
        public VBuffer<float> Features { get; set; }
    }

    private sealed class One
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];
    }
}
