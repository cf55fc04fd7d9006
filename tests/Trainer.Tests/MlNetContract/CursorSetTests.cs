using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.Tests.MlNetContract;

/// <summary>Scored rows read by several cursors, in another order, by several threads.</summary>
public class CursorSetTests
{
    private const int Count = 5000;

    private static readonly IDataView _data = Subjects.Ml.Data.Cache(TestRows.View(Subjects.Ml, Count));

    private static Dictionary<DataViewRowId, float> ById(params DataViewRowCursor[] cursors)
    {
        var scores = new Dictionary<DataViewRowId, float>();
        foreach (DataViewRowCursor cursor in cursors)
            Subjects.Read<float>(cursor, "Score", scores.Add);
        return scores;
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void ASetGivesEveryRowOnce(string subject)
    {
        IDataView scored = Subjects.Model(subject).Transform(_data);
        DataViewSchema.Column[] score = [scored.Schema["Score"]];
        Dictionary<DataViewRowId, float> expected = ById(scored.GetRowCursor(score));
        Assert.Equal(Count, expected.Count);
        foreach (int n in new[] { 1, 2, 3, 8 })
        {
            DataViewRowCursor[] cursors = scored.GetRowCursorSet(score, n);
            Assert.InRange(cursors.Length, 1, n);
            Assert.All(cursors, cursor => Assert.Equal(["Score"], cursor.Schema.Where(cursor.IsColumnActive).Select(c => c.Name)));
            var found = new Dictionary<DataViewRowId, float>[cursors.Length];
            // A set is read side by side: the batches of its cursors share one source.
            Parallel.For(0, cursors.Length, new ParallelOptions { MaxDegreeOfParallelism = n }, i => found[i] = ById(cursors[i]));
            Assert.Equal(expected.OrderBy(p => p.Key.Low), found.SelectMany(f => f).OrderBy(p => p.Key.Low));
        }
    }

    [Fact]
    public void ASetHasAsManyCursorsAsAnInBoxOne()
    {
        Assert.Equal(Sizes(Subjects.InBox), Sizes(Subjects.Trained));
        Assert.Equal(Sizes(Subjects.InBox), Sizes(Subjects.Loaded));

        static int[] Sizes(string subject)
        {
            IDataView scored = Subjects.Model(subject).Transform(_data);
            return [.. new[] { 1, 2, 3 }.Select(n =>
            {
                DataViewRowCursor[] cursors = scored.GetRowCursorSet([scored.Schema["Score"]], n);
                foreach (DataViewRowCursor cursor in cursors)
                    cursor.Dispose();
                return cursors.Length;
            })];
        }
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void BatchesOfASetGoUpAndAreNotShared(string subject)
    {
        IDataView scored = Subjects.Model(subject).Transform(_data);
        DataViewRowCursor[] cursors = scored.GetRowCursorSet([scored.Schema["Score"]], 3);
        var batches = new List<long>[cursors.Length];
        Parallel.For(0, cursors.Length, new ParallelOptions { MaxDegreeOfParallelism = 3 }, i =>
        {
            batches[i] = [];
            using DataViewRowCursor cursor = cursors[i];
            while (cursor.MoveNext())
                batches[i].Add(cursor.Batch);
        });
        Assert.All(batches, b => Assert.Equal(b.Order(), b));
        long[] distinct = [.. batches.SelectMany(b => b.Distinct())];
        Assert.Equal(distinct.Distinct().Count(), distinct.Length);
        Assert.Equal(Count, batches.Sum(b => b.Count));
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void OrderIsThatOfTheInputHoweverManyThreadsScore(string subject)
    {
        ITransformer model = Subjects.Model(subject);
        IDataView scored = model.Transform(_data);
        float[] side = new float[Count];
        PredictionEngine<TestRows.Row, TestRows.Prediction> engine = Subjects.Ml.Model.CreatePredictionEngine<TestRows.Row, TestRows.Prediction>(model, _data.Schema);
        foreach ((int i, TestRows.Row row) in TestRows.Rows(Count).Index())
            side[i] = engine.Predict(row).Score;
        engine.Dispose();
        Assert.Equal(side, TestRows.Scores(scored));
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void ShuffledRowsKeepTheirScores(string subject)
    {
        IDataView scored = Subjects.Model(subject).Transform(_data);
        Assert.True(scored.CanShuffle);
        DataViewSchema.Column[] score = [scored.Schema["Score"]];
        var inOrder = new List<DataViewRowId>();
        var shuffled = new List<DataViewRowId>();
        var expectedOrder = new List<DataViewRowId>();
        Subjects.Read<float>(scored.GetRowCursor(score), "Score", (id, _) => inOrder.Add(id));
        Subjects.Read<float>(scored.GetRowCursor(score, new Random(5)), "Score", (id, _) => shuffled.Add(id));
        Subjects.Read<bool>(_data.GetRowCursor([_data.Schema["Label"]], new Random(5)), "Label", (id, _) => expectedOrder.Add(id));
        Assert.NotEqual(inOrder, shuffled);
        Assert.Equal(expectedOrder, shuffled);
        Assert.Equal(
            ById(scored.GetRowCursor(score)).OrderBy(p => p.Key.Low),
            ById(scored.GetRowCursor(score, new Random(5))).OrderBy(p => p.Key.Low));
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void AnInputThatCannotShuffleIsNotAskedTo(string subject)
    {
        var input = new RecordingView(_data, canShuffle: false);
        IDataView scored = Subjects.Model(subject).Transform(input);
        Assert.False(scored.CanShuffle);
        scored.GetRowCursor([scored.Schema["Score"]], new Random(5)).Dispose();
        Assert.All(input.Randoms, Assert.Null);
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void OneTransformerServesManyThreads(string subject)
    {
        ITransformer model = Subjects.Model(subject);
        float[] expected = TestRows.Scores(model.Transform(_data));
        Parallel.For(0, 8, _ => Assert.Equal(expected, TestRows.Scores(model.Transform(_data))));
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void TheNumberOfRowsIsThatOfTheInput(string subject)
    {
        Assert.Equal(Subjects.Data.GetRowCount(), Subjects.Model(subject).Transform(Subjects.Data).GetRowCount());
        Assert.Equal(_data.GetRowCount(), Subjects.Model(subject).Transform(_data).GetRowCount());
    }
}
