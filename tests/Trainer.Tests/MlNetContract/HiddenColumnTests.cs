using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.Tests.MlNetContract;

/// <summary>Data that already have columns of the outputs' names: which is hidden, and where the new ones stand.</summary>
public class HiddenColumnTests
{
    // Names of input columns besides Label, Features and Weight, in their order.
    public static TheoryData<string> Inputs =>
        ["", "PredictedLabel", "Score", "Probability", "Score Probability", "Probability PredictedLabel", "Probability Score PredictedLabel", "Score Score", "PredictedLabel Score Probability Score"];

    internal static IDataView With(string names)
    {
        IDataView data = Subjects.Data;
        foreach (string name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            data = Subjects.Ml.Transforms.CopyColumns(name, name == "PredictedLabel" ? "Label" : "Weight").Append(Subjects.Ml.Transforms.CopyColumns("Behind" + data.Schema.Count, "Label")).Fit(data).Transform(data);
        return data;
    }

    private static string[] Columns(DataViewSchema schema) => [.. schema.Select(c => $"{c.Index} {c.Name} {c.Type} {(c.IsHidden ? "hidden" : "")}")];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void ColumnsStandWhereAnInBoxTrainerPutsThem(string names)
    {
        IDataView data = With(names);
        DataViewSchema inBox = Subjects.Model(Subjects.InBox, data).Transform(data).Schema;
        ITransformer trained = Subjects.Model(Subjects.Trained, data);
        Assert.Equal(Columns(inBox), Columns(trained.Transform(data).Schema));
        Assert.Equal(Columns(inBox), Columns(trained.GetOutputSchema(data.Schema)));
        Assert.Equal(Columns(inBox), Columns(trained.GetRowToRowMapper(data.Schema).OutputSchema));
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void FilesOfRowsHaveTheSameColumnsInTheSameOrder(string names)
    {
        IDataView data = With(names);
        string[] headers = [.. new[] { Subjects.InBox, Subjects.Trained, Subjects.Loaded }.Select(subject => Header(Subjects.Model(subject, data).Transform(data)))];
        Assert.Equal(headers[0], headers[1]);
        Assert.Equal(headers[0], headers[2]);
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void TheNewScoreIsReadByNameAndTheOldByIndex(string subject)
    {
        IDataView data = With("Score");
        IDataView scored = Subjects.Model(subject, data).Transform(data);
        float[] weights = [.. scored.GetColumn<float>("Weight")];
        Assert.NotEqual(weights, TestRows.Scores(scored));
        DataViewSchema.Column hidden = scored.Schema.Single(c => c.IsHidden);
        Assert.Equal(scored.Schema["Score"].Index, hidden.Index + 1);
        Assert.Equal(weights, scored.GetColumn<float>(hidden));
    }

    private static string Header(IDataView scored)
    {
        using var stream = new MemoryStream();
        Subjects.Ml.Data.SaveAsText(Subjects.Ml.Data.TakeRows(scored, 1), stream, schema: true, headerRow: true);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray()).Split('\n').First(line => !line.StartsWith('#'));
    }
}
