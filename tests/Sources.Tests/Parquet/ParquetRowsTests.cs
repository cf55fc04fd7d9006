using Microsoft.ML;
using MlNetShallowNet.Sources;

namespace MlNetShallowNet.SourcesTests.Parquet;

public sealed class ParquetRowsTests : Folder
{
    private string Write(string name, int rows = 3, int rowsInGroup = 3, float first = 0) => ParquetFile.Write(
        PathOf(name), rows, rowsInGroup, ParquetFile.Of("x", [.. Enumerable.Range(0, rows).Select(i => first + i)]), ParquetFile.Of("w", [.. Enumerable.Range(0, rows).Select(i => $"w{i % 7}")]));

    [Fact]
    public void APatternIsAPartForEachFileInOrderOfTheirNames()
    {
        Write("part-2.parquet", first: 20);
        Write("part-1.parquet", first: 10);
        Write("other.parquet");
        IReadOnlyList<RowPart> parts = ParquetRows.Files(PathOf("part-*.parquet"));
        Assert.Equal([PathOf("part-1.parquet"), PathOf("part-2.parquet")], parts.Select(part => part.Name));
        Assert.Equal([10f, 11, 12, 20, 21, 22], parts.SelectMany(part => part.Values<float>("x")));
    }

    [Fact]
    public void RowGroupsArePartsWithAllRowsBetweenThem()
    {
        string path = Write("t.parquet", rows: 20_000, rowsInGroup: 7_000);
        IReadOnlyList<RowPart> parts = ParquetRows.RowGroups(path);
        Assert.Equal([$"{path}, row group 0", $"{path}, row group 1", $"{path}, row group 2"], parts.Select(part => part.Name));
        Assert.Equal([7_000, 7_000, 6_000], parts.Select(part => part.Load(new MLContext()).GetRowCount()));
        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => (float)i), parts.SelectMany(part => part.Values<float>("x")));
        RowPart whole = ParquetRows.Files(path).Single();
        Assert.Equal(20_000, whole.Load(new MLContext()).GetRowCount());
        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => (float)i), whole.Values<float>("x"));
        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => $"w{i % 7}"), whole.Texts("w"));
    }

    [Fact]
    public void ColumnsAreThoseThatAreNamedInTheirOrder()
    {
        string path = Write("t.parquet");
        Assert.Equal(["w String", "x Single"], ParquetRows.Files(path, "w", "x").Single().Columns());
        string message = Assert.Throws<InvalidDataException>(() => ParquetRows.Files(path, "X").Single().Load(new MLContext())).Message;
        Assert.Equal($"{path} has no column 'X'; it has x, w.", message);
    }

    [Fact]
    public void RowsCanBeCountedWithoutAColumn()
    {
        using DataViewRowCursor cursor = ParquetRows.Files(Write("t.parquet", 5_000, 1_500)).Single().Load(new MLContext()).GetRowCursor([]);
        long count = 0;
        while (cursor.MoveNext())
            Assert.Equal(count++, cursor.Position);
        Assert.Equal(5_000, count);
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void AColumnThatIsNotAskedForIsNotGiven()
    {
        IDataView view = ParquetRows.Files(Write("t.parquet")).Single().Load(new MLContext());
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["x"]]);
        Assert.False(cursor.IsColumnActive(view.Schema["w"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["w"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(view.Schema["x"]));
    }

    [Fact]
    public void MissingFilesAreNamed()
    {
        Assert.Equal($"There is no file {PathOf("none.parquet")}.", Assert.Throws<FileNotFoundException>(() => ParquetRows.Files(PathOf("none.parquet"))).Message);
        Assert.StartsWith($"No file is called like {PathOf("part-*")};", Assert.Throws<FileNotFoundException>(() => ParquetRows.Files(PathOf("part-*"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ABrokenFileIsNamedWithTheReason()
    {
        byte[] whole = File.ReadAllBytes(Write("t.parquet", 20_000, 20_000));
        File.WriteAllBytes(PathOf("short.parquet"), whole[..^100]);
        Broken("short.parquet", part => part.Load(new MLContext()));
        File.WriteAllText(PathOf("text.parquet"), "x,w\n1,2\n");
        Broken("text.parquet", part => part.Load(new MLContext()));
        whole.AsSpan(0, 2_000).Fill(0xA5);
        File.WriteAllBytes(PathOf("inside.parquet"), whole);
        Broken("inside.parquet", part => part.Values<float>("x"));

        void Broken(string name, Action<RowPart> read)
        {
            RowPart part = ParquetRows.Files(PathOf(name)).Single();
            string message = Assert.Throws<InvalidDataException>(() => read(part)).Message;
            Assert.StartsWith($"{PathOf(name)} can't be read as a Parquet file (", message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', message);
        }
    }
}
