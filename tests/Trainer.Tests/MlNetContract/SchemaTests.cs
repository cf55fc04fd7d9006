using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.Tests.MlNetContract;

/// <summary>What schemas are accepted, what is refused and how, and what the outputs say of themselves.</summary>
public class SchemaTests
{
    private static IDataView OfUnknownSize
    {
        get
        {
            SchemaDefinition definition = SchemaDefinition.Create(typeof(TestRows.Row));
            definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single);
            return Subjects.Ml.Data.LoadFromEnumerable(TestRows.Rows(20), definition);
        }
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void SchemaTransformAndMapperAgree(string subject)
    {
        ITransformer model = Subjects.Model(subject);
        DataViewSchema schema = model.GetOutputSchema(Subjects.Data.Schema);
        string[] Columns(DataViewSchema s) => [.. s.Select(c => $"{c.Name} {c.Type} {string.Join(' ', c.Annotations.Schema.Select(a => $"{a.Name} {a.Type}"))}")];
        Assert.Equal(Columns(schema), Columns(model.Transform(Subjects.Data).Schema));
        Assert.Equal(Columns(schema), Columns(model.GetRowToRowMapper(Subjects.Data.Schema).OutputSchema));
    }

    [Fact]
    public void OutputsAreAnnotatedAsInBoxOnes()
    {
        IDataView inBox = Subjects.Model(Subjects.InBox).Transform(Subjects.Data);
        IDataView twiceInBox = Subjects.Model(Subjects.InBox, inBox).Transform(inBox);
        Assert.Equal(Annotated.Columns(inBox), Annotated.Columns(Subjects.Model(Subjects.Trained).Transform(Subjects.Data)));
        Assert.Equal(Annotated.Columns(twiceInBox), Annotated.Columns(Subjects.Model(Subjects.Trained, inBox).Transform(inBox)));

        // And in-box trainers count ours.
        IDataView ours = Subjects.Model(Subjects.Trained).Transform(Subjects.Data);
        Assert.Equal(Annotated.Columns(twiceInBox), Annotated.Columns(Subjects.Model(Subjects.InBox, ours).Transform(ours)));
    }

    public static TheoryData<string> WrongData => ["column missing", "another size", "unknown size", "scalar"];

    private static IDataView Wrong(string data) => data switch
    {
        "column missing" => Subjects.Ml.Transforms.DropColumns("Features").Fit(Subjects.Data).Transform(Subjects.Data),
        "another size" => Subjects.Ml.Data.LoadFromEnumerable(TestRows.SparseRows(5)),
        "unknown size" => OfUnknownSize,
        _ => Subjects.Ml.Transforms.CopyColumns("Features", "Weight").Fit(Subjects.Data).Transform(Subjects.Data),
    };

    [Theory]
    [MemberData(nameof(WrongData))]
    public void WrongDataAreRefusedAsByAnInBoxModel(string data)
    {
        IDataView wrong = Wrong(data);
        ITransformer inBox = Subjects.Model(Subjects.InBox), trained = Subjects.Model(Subjects.Trained);
        (Type? Kind, string? Argument) expected = Subjects.Thrown(() => inBox.GetOutputSchema(wrong.Schema));
        Assert.Equal(typeof(ArgumentOutOfRangeException), expected.Kind);
        Assert.Equal(expected, Subjects.Thrown(() => trained.GetOutputSchema(wrong.Schema)));

        // In-box, Transform and the mapper have kinds of their own, and take vectors of unknown size until the first row; ours refuse at once.
        Assert.Equal(expected.Kind, Subjects.Thrown(() => trained.Transform(wrong)).Kind);
        Assert.Equal(expected.Kind, Subjects.Thrown(() => trained.GetRowToRowMapper(wrong.Schema)).Kind);
    }

    [Theory]
    [MemberData(nameof(WrongData))]
    public void WrongTrainingDataAreRefusedAsByAnInBoxTrainer(string data)
    {
        if (data == "another size")
            return;
        IDataView wrong = Wrong(data);
        Assert.Equal(Subjects.Thrown(() => Subjects.InBoxTrainer.Fit(wrong)), Subjects.Thrown(() => Subjects.Trainer.Fit(wrong)));
    }

    [Fact]
    public void NullIsRefusedUnderTheSameNames()
    {
        (Type?, string?)[] Misuse(ITransformer model, IEstimator<ITransformer> trainer) =>
        [
            Subjects.Thrown(() => model.Transform(null!)),
            Subjects.Thrown(() => model.GetOutputSchema(null!)),
            Subjects.Thrown(() => model.GetRowToRowMapper(null!)),
            Subjects.Thrown(() => trainer.GetOutputSchema(null!)),
        ];
        Assert.Equal(Misuse(Subjects.Model(Subjects.InBox), Subjects.InBoxTrainer), Misuse(Subjects.Model(Subjects.Trained), Subjects.Trainer));
    }

    [Fact]
    public void EmptyColumnNamesAreRefusedAsByAnInBoxTrainer()
    {
        static Type? Kind(Action action) => Subjects.Thrown(action).Kind;
        BinaryClassificationCatalog.BinaryClassificationTrainers trainers = Subjects.Ml.BinaryClassification.Trainers;
        Assert.Equal(Kind(() => trainers.LbfgsLogisticRegression(featureColumnName: "")), Kind(() => trainers.ShallowNetwork(featureColumnName: "")));
        Assert.Equal(Kind(() => trainers.LbfgsLogisticRegression(labelColumnName: "")), Kind(() => trainers.ShallowNetwork(labelColumnName: "")));
    }
}
