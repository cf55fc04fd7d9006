using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.Tests.MlNetContract;

/// <summary>Row by row: the mapper that prediction engines are built on.</summary>
public class MapperTests
{
    private static DataViewRowCursor Rows(IDataView data)
    {
        DataViewRowCursor cursor = data.GetRowCursor(data.Schema);
        Assert.True(cursor.MoveNext());
        return cursor;
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void AMappedRowIsTheCursorsRow(string subject)
    {
        ITransformer model = Subjects.Model(subject);
        Assert.True(model.IsRowToRowMapper);
        IRowToRowMapper mapper = model.GetRowToRowMapper(Subjects.Data.Schema);
        Assert.Same(Subjects.Data.Schema, mapper.InputSchema);
        float[] expected = TestRows.Scores(model.Transform(Subjects.Data));

        using DataViewRowCursor cursor = Rows(Subjects.Data);
        using DataViewRow row = mapper.GetRow(cursor, [mapper.OutputSchema["Score"]]);
        Assert.Equal(mapper.OutputSchema, row.Schema);
        ValueGetter<float> score = row.GetGetter<float>(row.Schema["Score"]);
        ValueGetter<DataViewRowId> id = row.GetIdGetter(), inputId = cursor.GetIdGetter();
        DataViewRowId rowId = default, expectedId = default;
        float value = 0;
        do
        {
            score(ref value);
            id(ref rowId);
            inputId(ref expectedId);
            Assert.Equal(expected[cursor.Position], value);
            Assert.Equal(cursor.Position, row.Position);
            Assert.Equal(cursor.Batch, row.Batch);
            Assert.Equal(expectedId, rowId);
        }
        while (cursor.MoveNext());
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void OutputsDependOnTheFeaturesAndColumnsOnThemselves(string subject)
    {
        IRowToRowMapper mapper = Subjects.Model(subject).GetRowToRowMapper(Subjects.Data.Schema);
        string[] Needed(params string[] names) => [.. mapper.GetDependencies(names.Select(name => mapper.OutputSchema[name])).Select(c => c.Name).Order()];
        Assert.Equal(["Features"], Needed("Score"));
        Assert.Equal(["Features"], Needed("PredictedLabel", "Probability"));
        Assert.Equal(["Weight"], Needed("Weight"));
        Assert.Equal(["Features", "Label"], Needed("Label", "Score"));
        Assert.Empty(Needed());
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void ARowOfAnotherSchemaIsRefused(string subject)
    {
        IRowToRowMapper mapper = Subjects.Model(subject).GetRowToRowMapper(Subjects.Data.Schema);

        // A loaded network is a chain, and ML.NET's chains have a check of their own.
        ITransformer inBox = subject == Subjects.Loaded
            ? Subjects.Ml.Transforms.NormalizeMinMax("Features").Append(Subjects.InBoxTrainer).Fit(Subjects.Data)
            : Subjects.Model(Subjects.InBox);
        IRowToRowMapper control = inBox.GetRowToRowMapper(Subjects.Data.Schema);

        // Equal to the eye, but of another view; and one where the types agree by index though the columns do not.
        IDataView twin = Subjects.Ml.Data.LoadFromEnumerable(TestRows.Rows(3));
        IDataView swapped = Subjects.Ml.Data.LoadFromEnumerable(new[] { new Swapped() });
        foreach (IDataView other in new[] { twin, swapped })
        {
            using DataViewRowCursor row = Rows(other);
            (Type? Kind, string? Argument) expected = Subjects.Thrown(() => control.GetRow(row, control.OutputSchema));
            Assert.NotNull(expected.Kind);
            Assert.Equal(expected, Subjects.Thrown(() => mapper.GetRow(row, mapper.OutputSchema)));
        }
    }

    [Theory]
    [MemberData(nameof(Subjects.Own), MemberType = typeof(Subjects))]
    public void NullIsRefusedAsByAnInBoxMapper(string subject)
    {
        Assert.Equal(Misuse(Subjects.InBox), Misuse(Subjects.Trained));
        Assert.Equal(Misuse(Subjects.InBox).Select(m => m.Item1), Misuse(subject).Select(m => m.Item1));

        static (Type?, string?)[] Misuse(string subject)
        {
            IRowToRowMapper mapper = Subjects.Model(subject).GetRowToRowMapper(Subjects.Data.Schema);
            using DataViewRowCursor row = Rows(Subjects.Data);
            return [Subjects.Thrown(() => mapper.GetRow(null!, mapper.OutputSchema)), Subjects.Thrown(() => mapper.GetRow(row, null!))];
        }
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void PredictionEnginesGiveTheScoresOfTransform(string subject)
    {
        ITransformer model = Subjects.Model(subject);
        IDataView scored = model.Transform(Subjects.Data);
        List<TestRows.Prediction> expected = [.. Subjects.Ml.Data.CreateEnumerable<TestRows.Prediction>(scored, reuseRowObject: false)];
        using PredictionEngine<TestRows.Row, TestRows.Prediction> first = Subjects.Ml.Model.CreatePredictionEngine<TestRows.Row, TestRows.Prediction>(model);
        using PredictionEngine<TestRows.Row, TestRows.Prediction> second = Subjects.Ml.Model.CreatePredictionEngine<TestRows.Row, TestRows.Prediction>(model, Subjects.Data.Schema);
        var reused = new TestRows.Prediction();
        foreach ((int i, TestRows.Row row) in TestRows.Rows().Index())
        {
            TestRows.Prediction one = first.Predict(row);
            second.Predict(row, ref reused);
            foreach (TestRows.Prediction prediction in new[] { one, reused })
            {
                Assert.Equal(expected[i].Score, prediction.Score);
                Assert.Equal(expected[i].Probability, prediction.Probability);
                Assert.Equal(expected[i].PredictedLabel, prediction.PredictedLabel);
            }
        }

        Assert.Contains("Probability", first.OutputSchema.Select(c => c.Name));
    }

    private sealed class Swapped
    {
        public bool Other { get; set; }

        [VectorType(4)]
        public float[] Noise { get; set; } = [1, 2, 3, 4];

        public float Third { get; set; }
    }
}
