using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.Tests.MlNetContract;

/// <summary>One cursor over scored rows: what is active, where it stands, what it refuses, what it leaves open.</summary>
public class CursorTests
{
    private static IDataView Scored(string subject) => Subjects.Model(subject).Transform(Subjects.Data);

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void OnlyWhatWasAskedForIsActive(string subject)
    {
        IDataView scored = Scored(subject);
        foreach (string[] names in new string[][] { ["Score"], ["PredictedLabel"], ["Probability"], ["Label"], ["Features", "Score"], [] })
        {
            using DataViewRowCursor cursor = scored.GetRowCursor(names.Select(name => scored.Schema[name]));
            Assert.Equal(names.Order(), scored.Schema.Where(cursor.IsColumnActive).Select(c => c.Name).Order());
        }
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void TheInputIsAskedForTheFeaturesOnlyIfAnOutputIsWanted(string subject)
    {
        var input = new RecordingView(Subjects.Data);
        IDataView scored = Subjects.Model(subject).Transform(input);
        scored.GetRowCursor([scored.Schema["Score"]]).Dispose();
        scored.GetRowCursor([scored.Schema["Label"], scored.Schema["Weight"]]).Dispose();
        scored.GetRowCursor([scored.Schema["Label"], scored.Schema["Probability"]]).Dispose();
        Assert.Equal(["Features"], input.Asked[0]);
        Assert.Equal(["Label", "Weight"], input.Asked[1]);
        Assert.Equal(["Features", "Label"], input.Asked[2].Order());
    }

    [Theory]
    [MemberData(nameof(Subjects.Own), MemberType = typeof(Subjects))]
    public void WrongUseThrowsWhatAnInBoxCursorThrows(string subject)
    {
        Assert.Equal(Misuse(Scored(Subjects.InBox)), Misuse(Scored(subject)));

        static (Type?, string?)[] Misuse(IDataView scored)
        {
            DataViewSchema.Column score = scored.Schema["Score"];
            using DataViewRowCursor cursor = scored.GetRowCursor([score]);
            return
            [
                Subjects.Thrown(() => cursor.GetGetter<bool>(scored.Schema["Label"])),
                Subjects.Thrown(() => cursor.GetGetter<float>(scored.Schema["Probability"])),
                Subjects.Thrown(() => cursor.GetGetter<double>(score)),
                Subjects.Thrown(() => cursor.GetGetter<bool>(score)),
            ];
        }
    }

    // Not of a loaded model: its last step is ML.NET's DropColumns, which throws other kinds.
    [Fact]
    public void NoColumnsAndColumnsBeyondTheSchemaThrowWhatAnInBoxCursorThrows()
    {
        Assert.Equal(Misuse(Scored(Subjects.InBox)), Misuse(Scored(Subjects.Trained)));

        static (Type?, string?)[] Misuse(IDataView scored)
        {
            DataViewSchema.Column beyond = Subjects.Ml.Transforms.CopyColumns("More", "Label").Append(Subjects.Ml.Transforms.CopyColumns("Most", "Label"))
                .Fit(scored).Transform(scored).Schema["Most"];
            using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"]]);
            return
            [
                Subjects.Thrown(() => cursor.IsColumnActive(beyond)),
                Subjects.Thrown(() => cursor.GetGetter<bool>(beyond)),
                Subjects.Thrown(() => scored.GetRowCursor([beyond])),
                Subjects.Thrown(() => scored.GetRowCursor(null!)),
                Subjects.Thrown(() => scored.GetRowCursorSet(null!, 2)),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void PositionGoesFromMinusOneOverTheRowsToMinusOne(string subject)
    {
        IDataView scored = Scored(subject);
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"]]);
        Assert.Equal(-1, cursor.Position);
        for (int row = 0; row < 200; row++)
        {
            Assert.True(cursor.MoveNext());
            Assert.Equal(row, cursor.Position);
        }

        Assert.False(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void AGetterMayBeCalledAgainOrNotAtAll(string subject)
    {
        IDataView scored = Scored(subject);
        float[] expected = TestRows.Scores(scored);
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"], scored.Schema["PredictedLabel"]]);
        ValueGetter<float> score = cursor.GetGetter<float>(scored.Schema["Score"]);
        ValueGetter<bool> predicted = cursor.GetGetter<bool>(scored.Schema["PredictedLabel"]);
        float value = 0;
        bool label = false;
        while (cursor.MoveNext())
        {
            if (cursor.Position % 3 == 0)
                continue;
            predicted(ref label);
            score(ref value);
            Assert.Equal(expected[cursor.Position], value);
            value = float.NaN;
            score(ref value);
            Assert.Equal(expected[cursor.Position], value);
            Assert.Equal(value > 0, label);
        }
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void IdsAreThoseOfTheInputsRows(string subject)
    {
        IDataView data = Subjects.Ml.Data.Cache(Subjects.Data);
        List<DataViewRowId> input = [], output = [];
        IDataView scored = Subjects.Model(subject).Transform(data);
        Subjects.Read<bool>(data.GetRowCursor([data.Schema["Label"]]), "Label", (id, _) => input.Add(id));
        Subjects.Read<float>(scored.GetRowCursor([scored.Schema["Score"]]), "Score", (id, _) => output.Add(id));
        Assert.Equal(input, output);
        Assert.Equal(200, input.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void TwoCursorsDoNotDisturbEachOther(string subject)
    {
        IDataView scored = Scored(subject);
        float[] expected = TestRows.Scores(scored);
        DataViewSchema.Column column = scored.Schema["Score"];
        using DataViewRowCursor ahead = scored.GetRowCursor([column]);
        using DataViewRowCursor behind = scored.GetRowCursor([column]);
        ValueGetter<float> aheadScore = ahead.GetGetter<float>(column), behindScore = behind.GetGetter<float>(column);
        float value = 0;
        for (int i = 0; i < 5; i++)
            Assert.True(ahead.MoveNext());
        while (ahead.MoveNext() && behind.MoveNext())
        {
            aheadScore(ref value);
            Assert.Equal(expected[ahead.Position], value);
            behindScore(ref value);
            Assert.Equal(expected[behind.Position], value);
        }
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void DisposingEarlyClosesEveryCursorOfTheInput(string subject)
    {
        var input = new RecordingView(Subjects.Ml.Data.Cache(TestRows.View(Subjects.Ml, 3000)));
        IDataView scored = Subjects.Model(subject).Transform(input);
        foreach (int read in new[] { 0, 1, 1000, 3001 })
        {
            DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"], scored.Schema["Label"]]);
            for (int i = 0; i < read; i++)
                cursor.MoveNext();
            cursor.Dispose();
            cursor.Dispose();
            Assert.Equal(0, input.Open);
        }

        Assert.NotEmpty(input.Asked);
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void AnErrorOfTheInputReachesTheReader(string subject)
    {
        IDataView failing = Subjects.Ml.Data.LoadFromEnumerable(Rows());
        IDataView scored = Subjects.Model(subject).Transform(failing);
        Exception? thrown = Record.Exception(() => TestRows.Scores(scored));
        Assert.Contains("no further", thrown?.ToString());

        static IEnumerable<TestRows.Row> Rows()
        {
            foreach (TestRows.Row row in TestRows.Rows(150))
                yield return row;
            throw new InvalidDataException("no further");
        }
    }
}
