using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.SamplesTests.Tables;

/// <summary>Rows that are parsed once, in memory and in a temporary file.</summary>
public sealed class CellStoreTests : Shallownet
{
    private const int RowCount = 30_000;

    /// <summary>Numbers with gaps and formats, dates, words, free text, weights, and rows without a label.</summary>
    private string OddTable(int rows = RowCount)
    {
        Random random = new(3);
        string[] words = ["the", "a", "quick", "slow", "brown", "red", "fox", "dog", "jumps", "sleeps", "over", "under", "lazy", "old", "new", "house", "tree", "car", "boat", "hill",
            "river", "stone"];
        return Write("t.csv", "x,money,when,colour,said,weight,Label\n" + string.Concat(Enumerable.Range(0, rows).Select(i =>
            $"{(i % 9 == 0 ? "NA" : $"{random.NextDouble() * 1e9 + 1e9}")},\"${random.Next(1, 9)},{random.Next(100, 999)}.50\",2024-{1 + i % 12:00}-{1 + i % 28:00}T10:30," +
            $"{(i % 7 == 0 ? "" : i % 3 == 0 ? "75.0" : $"red{i % 5}")},{string.Join(' ', Enumerable.Range(0, 5 + i % 4).Select(_ => words[random.Next(words.Length)]))} {i}," +
            $"{1 + i % 4},{(i % 11 == 0 ? "" : i % 2 == 0 ? "yes" : "no")}\n")));
    }

    private TableProfile Profile(string table, int? megabytes = null) => TableProfile.Read(new TableSettings(PathOf(table))
    {
        Weight = "weight",
        FreeTexts = table == "t.csv" ? ["said"] : [],
        MemoryBudgetMegabytes = megabytes,
    });

    private static List<string> Lines(TableView view, DataViewRowCursor cursor)
    {
        List<string> lines = [];
        Func<string>[] cells = [.. view.Schema.Select(column => Reader(cursor, column))];
        ValueGetter<DataViewRowId> id = cursor.GetIdGetter();
        while (cursor.MoveNext())
        {
            DataViewRowId row = default;
            id(ref row);
            lines.Add($"{cursor.Batch}:{row.Low}:" + string.Join('|', cells.Select(cell => cell())));
        }
        cursor.Dispose();
        return lines;
    }

    private static Func<string> Reader(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        return column.Type switch
        {
            TextDataViewType => Of<ReadOnlyMemory<char>>(),
            BooleanDataViewType => Of<bool>(),
            NumberDataViewType number when number == NumberDataViewType.Single => Of<float>(),
            VectorDataViewType { ItemType: TextDataViewType } => Vector<ReadOnlyMemory<char>>(),
            VectorDataViewType => Vector<double>(),
            _ => Of<double>(),
        };

        Func<string> Of<T>()
        {
            ValueGetter<T> getter = cursor.GetGetter<T>(column);
            return () =>
            {
                T value = default!;
                getter(ref value);
                return $"{value}";
            };
        }

        Func<string> Vector<T>()
        {
            ValueGetter<VBuffer<T>> getter = cursor.GetGetter<VBuffer<T>>(column);
            return () =>
            {
                VBuffer<T> value = default;
                getter(ref value);
                return string.Join('|', value.DenseValues());
            };
        }
    }

    private static List<string> Lines(TableView view) => Lines(view, view.GetRowCursor(view.Schema));

    private static string WithoutBatch(string line) => line[(line.IndexOf(':') + 1)..];

    [Theory]
    [InlineData(null, false)]
    [InlineData(4, true)] // megabytes that rows may take: a quarter of them for parsed cells
    public void StoredRowsAreThoseOfTheText(int? megabytes, bool isInFile)
    {
        using TableProfile profile = Profile(OddTable(), megabytes);
        List<string> expected = Lines(TableView.OfText(profile));
        List<string> stored = Lines(TableView.ForTraining(profile));
        Assert.Equal(isInFile, profile.Cells.IsInFile);
        Assert.Equal(RowCount - (RowCount + 10) / 11, expected.Count);
        Assert.Equal(expected.Select(WithoutBatch), stored.Select(WithoutBatch));
        Assert.Contains(expected, line => line.Contains("|75|", StringComparison.Ordinal));

        List<string> some = Lines(TableView.ForTraining(profile, row => row % 3 == 1));
        Assert.Equal(expected.Select(WithoutBatch).Where(line => long.Parse(line.Split(':')[0]) % 3 == 1), some.Select(WithoutBatch));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void SeveralPassesShareTheRowsInPiecesThatHaveAnOrder(int passes)
    {
        using TableProfile profile = Profile(OddTable());
        TableView view = TableView.ForTraining(profile);
        DataViewRowCursor[] cursors = view.GetRowCursorSet(view.Schema, passes);
        Assert.Equal(passes, cursors.Length);
        List<string>[] shares = [.. cursors.Select(cursor => Lines(view, cursor))];
        Assert.True(shares[1].Count > 0);
        foreach (List<string> share in shares)
            Assert.Equal(share, share.OrderBy(Batch));
        Assert.Equal(Lines(view), shares.SelectMany(share => share).OrderBy(Batch));

        static long Batch(string line) => long.Parse(line.Split(':')[0]);
    }

    [Fact]
    public void OnceParsedTheTextIsReadNoMore()
    {
        OddTable(200);
        using TableProfile profile = Profile("t.csv");
        TableView view = TableView.ForTraining(profile);
        List<string> before = Lines(view);
        Write("t.csv", "something else\n");
        Assert.Equal(before, Lines(view));
        Assert.Equal(before.Count, view.GetRowCount());
    }

    /// <summary>Plain numbers, missing ones, infinite ones, weights, and rows without a label.</summary>
    private string PlainTable(int rows)
    {
        Random random = new(3);
        return Write("p.csv", "x,y,Label,weight,z\n" + string.Concat(Enumerable.Range(0, rows).Select(i =>
            $"{(i % 9 == 0 ? "NA" : $"{random.NextDouble() * 1e9 + 1e9}")},{(i == 5 ? "inf" : $"{i % 13}")},{(i % 11 == 0 ? "" : i % 2 == 0 ? "Yes" : i % 4 == 1 ? "no" : "NO")},{1 + i % 4},{(i % 2 == 0 ? "" : $"-{i}.25")}\n")));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(1, true)]
    public void ATableOfPlainNumbersIsReadOnce(int? megabytes, bool isInFile)
    {
        using TableProfile profile = Profile(PlainTable(RowCount), megabytes);
        List<string> expected = Lines(TableView.OfText(profile));
        Write("p.csv", "something else\n");
        TableView view = TableView.ForTraining(profile);
        Assert.Equal(isInFile, profile.Cells.IsInFile);
        Assert.Equal(expected.Select(WithoutBatch), Lines(view).Select(WithoutBatch));
        Assert.Equal(expected.Count, view.GetRowCount());
        Assert.Contains(expected, line => line.EndsWith("|True", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("y", null)] // categories
    [InlineData(null, "NA")] // a label
    [InlineData(null, "a word in the last row")]
    public void WhatIsPlainButMeansMoreIsReadAgain(string? categorical, string? further)
    {
        string text = string.Concat(Enumerable.Range(0, 300).Select(i => $"{i % 17 + 0.5},{i % 13},{(further == "NA" && i % 2 == 0 ? "NA" : further == "NA" || i % 3 == 0 ? "1" : "0")}\n"));
        Write("p.csv", "x,y,Label\n" + text + (further is null or "NA" ? "" : $"1,{further},1\n"));
        using TableProfile profile = TableProfile.Read(new TableSettings(PathOf("p.csv")) { Categorical = categorical is null ? [] : [categorical] });
        Assert.Equal(Lines(TableView.OfText(profile)).Select(WithoutBatch), Lines(TableView.ForTraining(profile)).Select(WithoutBatch));
    }

    [Fact]
    public void NumbersReadAsOneVectorGiveTheSameFeatures()
    {
        MLContext ml = new(1);
        using TableProfile profile = Profile(OddTable(500));
        TableView view = TableView.ForTraining(profile, row => row % 4 != 0);
        ITransformer pipeline = FeaturePipeline.Create(ml, view, FeatureStatistics.Read(profile, view));
        IDataView together = FeaturePipeline.Transform(pipeline, view), apart = pipeline.Transform(view);
        Assert.Equal(TableSchema.SlotNames(apart.Schema["Features"]), TableSchema.SlotNames(together.Schema["Features"]));
        float[][] features = [.. apart.GetColumn<float[]>("Features")];
        Assert.True(features.Length > 300);
        Assert.Equal(features, together.GetColumn<float[]>("Features"));
    }

    [Fact]
    public void ATableOfManyColumnsIsStoredRowByRow()
    {
        const int columns = 70_000;
        Write("w.csv", string.Join(',', Enumerable.Range(0, columns).Select(i => $"g{i}")) + ",Label\n"
            + string.Concat(Enumerable.Range(0, 4).Select(r => string.Concat(Enumerable.Range(0, columns).Select(i => $"{(i + r) % 10},")) + $"{r % 2}\n")));
        using TableProfile profile = TableProfile.Read(new TableSettings(PathOf("w.csv")) { MemoryBudgetMegabytes = 4 });
        TableView view = TableView.ForTraining(profile);
        Assert.True(profile.Cells.IsInFile);
        Assert.Equal(Lines(TableView.OfText(profile)).Select(WithoutBatch), Lines(view).Select(WithoutBatch));
    }

    [Fact]
    public void WordsBeyondAListAreKeptAsTexts()
    {
        // A saved model may meet any number of words that it does not know.
        Write("t.csv", "x,word,Label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 13},{(i % 2 == 0 ? "a" : "b")},{i % 2}\n")));
        Train("t.csv", "--epochs", "2").Succeeds();
        Write("new.csv", "x,word,Label\n" + string.Concat(Enumerable.Range(0, 6000).Select(i => $"{i % 13},{(i % 4 == 0 ? $"new{i}" : "a")},{i % 2}\n")));
        Run("evaluate", "--model", "m.zip", "--data", "new.csv").Succeeds().Says("never saw count for nothing: word (1500 rows, first 'new0' on line 2)");
        MLContext ml = new();
        ml.Model.Load(PathOf("m.zip"), out DataViewSchema schema);
        TableView text = TableView.ForModel(TableFile.Open(PathOf("new.csv"), new TextFormat()), schema, "m.zip", needsLabel: true);
        using CellStore store = CellStore.Read(text, 0);
        Assert.Equal(Lines(text).Select(WithoutBatch), Lines(text.From(store)).Select(WithoutBatch));
    }

    [Fact]
    public void AnErrorNamesTheLineAndLeavesNoFile()
    {
        Write("t.csv", "x,Label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{i % 2}\n")));
        Train("t.csv", "--epochs", "2").Succeeds();
        Write("new.csv", "x,Label\n1,0\nword,1\n");
        Run("evaluate", "--model", "m.zip", "--data", "new.csv").FailsWith("new.csv, line 3", "'word' in column 'x'");
    }
}
