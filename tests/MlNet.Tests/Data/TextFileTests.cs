using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.MlNetTests.Conformance;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Data;

/// <summary>Reading text files: laziness, many rows, several threads, mistakes.</summary>
public class TextFileTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void MembersSayWhereTheyComeFrom()
    {
        using var file = Write("id,name,a,b\n1,x,2,3\n2,\"y,z\",,5\n");
        var view = _ml.Data.LoadFromTextFile<Typed>(file.Path, ',', hasHeader: true, allowQuoting: true);
        Assert.Equal(["Last: Double", "Id: Int32", "Name: String", "Feat: Vector<Single, 2>"], view.Schema.Select(c => c.ToString()));
        var rows = _ml.Data.CreateEnumerable<Typed>(view, reuseRowObject: false).ToArray();
        Assert.Equivalent(new { Id = 1, Name = "x", Features = new float[] { 2, 3 }, Last = 3.0 }, rows[0]);
        Assert.Equivalent(new { Id = 2, Name = "y,z", Features = new float[] { 0, 5 }, Last = 5.0 }, rows[1]);
        var options = new TextLoader.Options { Separators = [','], HasHeader = true, MissingRealsAsNaNs = true };
        var withMissing = _ml.Data.CreateEnumerable<Typed>(_ml.Data.LoadFromTextFile<Typed>(file.Path, options), reuseRowObject: false);
        Assert.Equal([2f, 3f], withMissing.First().Features);
        Assert.Throws<InvalidOperationException>(() => _ml.Data.LoadFromTextFile<NoAttribute>(file.Path));
    }

    [Fact]
    public void WithoutColumnsLabelAndFeaturesAreRead()
    {
        using var file = Write("1\t2\t3\n4\t5\t6\n");
        var schema = _ml.Data.LoadFromTextFile(file.Path).Schema;
        Assert.Equal(["Label: Single", "Features: Vector<Single, 2>"], schema.Select(c => c.ToString()));
    }

    [Theory]
    [InlineData(true, "\n")]
    [InlineData(true, "\r\n")]
    [InlineData(false, "\r\n")]
    [InlineData(false, "\r")]
    public void ManyRowsComeInOrder(bool useThreads, string newLine)
    {
        // Lines of many lengths meet every place where a reader's buffer may end.
        const int Count = 20_000;
        var text = string.Concat(Enumerable.Range(0, Count)
            .Select(i => $"{i},{new string((char)('a' + (i % 26)), i % 41)},{i / 2f}{newLine}"));
        using var file = Write(text);
        var view = _ml.Data.LoadFromTextFile(file.Path, Options(useThreads));
        using var cursor = view.GetRowCursor(view.Schema);
        var (id, name) = (cursor.GetGetter<int>(view.Schema["Id"]), cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Name"]));
        var (features, row) = (cursor.GetGetter<VBuffer<float>>(view.Schema["X"]), 0);
        var names = new ReadOnlyMemory<char>[Count];
        VBuffer<float> x = default;
        for (; cursor.MoveNext(); row++)
        {
            var number = 0;
            id(ref number);
            name(ref names[row]);
            features(ref x);
            Assert.Equal(row, number);
            Assert.Equal(row, cursor.Position);
            Assert.Equal(row / 2f, x.GetItemOrDefault(0));
        }

        Assert.Equal(Count, row);

        // Texts stay what they are when the cursor has moved on.
        Assert.All(names.Index(), item => Assert.Equal(new string((char)('a' + (item.Index % 26)), item.Index % 41), item.Item.ToString()));
    }

    [Fact]
    public void ALineMayBeLongerThanAnyBuffer()
    {
        var expected = Enumerable.Range(0, 50_000).Select(i => (float)i).ToArray();
        using var file = Write(string.Join(',', expected) + "\n" + string.Join(',', expected));
        var columns = new[] { new TextLoader.Column("X", DataKind.Single, 0, expected.Length - 1) };
        var view = _ml.Data.LoadFromTextFile(file.Path, columns, ',');
        using var cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<VBuffer<float>>(view.Schema["X"]);
        VBuffer<float> vector = default;
        for (var row = 0; row < 2; row++)
        {
            Assert.True(cursor.MoveNext());
            getter(ref vector);
            Assert.Equal(expected, vector.DenseValues());
        }

        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void TheFileIsReadByCursorsAndHeldByNone()
    {
        using var file = Write("1,a\n2,b\n");
        var view = _ml.Data.LoadFromTextFile(file.Path, Options(useThreads: true));
        File.WriteAllText(file.Path, "7,c\n8,d\n9,e\n");
        Assert.Equal([7, 8, 9], Ids(view));
        using (var cursor = view.GetRowCursor(view.Schema))
            Assert.True(cursor.MoveNext());
        File.Delete(file.Path);
        Assert.ThrowsAny<Exception>(() => Ids(view));
    }

    [Fact]
    public void SeveralFilesAreOneView()
    {
        using var first = Write("Id\n1\n2\n");
        using var second = Write("Id\n3\n");
        var loader = _ml.Data.CreateTextLoader([new TextLoader.Column("Id", DataKind.Int32, 0)], hasHeader: true);
        Assert.Equal([1, 2, 3], Ids(loader.Load(new MultiFileSource(first.Path, second.Path))));
        Assert.Equal("Id: Int32", loader.GetOutputSchema()[0].ToString());
    }

    [Fact]
    public void WhatCannotBeParsedThrowsWhereItIsRead()
    {
        using var file = Write("1,a\n2,b\nx,c\n");
        Assert.Throws<FormatException>(() => Ids(_ml.Data.LoadFromTextFile(file.Path, Options(useThreads: true))));
        Assert.Throws<InvalidOperationException>(() => Ids(_ml.Data.LoadFromTextFile(file.Path, Options(useThreads: false))));
        var options = Options(useThreads: false);
        options.MaxRows = 2;
        Assert.Equal([1, 2], Ids(_ml.Data.LoadFromTextFile(file.Path, options)));
    }

    [Fact]
    public void AQuoteThatIsNeverClosedThrows()
    {
        using var file = Write("1,\"a\n2,b\n");
        var options = Options(useThreads: true);
        (options.AllowQuoting, options.ReadMultilines) = (true, true);
        Assert.Throws<FormatException>(() => Ids(_ml.Data.LoadFromTextFile(file.Path, options)));
    }

    [Fact]
    public void MistakesThrow()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromTextFile<Typed>("no such file"));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromTextFile<Typed>(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextLoader.Range(3, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextLoader.Range(-1));
        Throws(options => options.Separators = ['1']);
        Throws(options => (options.Separators, options.EscapeChar) = (['\\'], '\\'));
        Throws(options => options.DecimalMarker = ';');
        Throws(options => options.Columns[0].Source = []);
        Throws(options => options.Columns[0].Name = " ");
        Throws(options => options.Columns[0].Source = [new TextLoader.Range(0, 2), new TextLoader.Range(1)]);
        Throws(options => options.Columns[0].Source = [new TextLoader.Range(0, null)]);

        void Throws(Action<TextLoader.Options> change)
        {
            var options = Options(useThreads: false);
            change(options);
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.CreateTextLoader(options));
        }
    }

    [Fact]
    public void SlotNamesComeFromASample()
    {
        using var file = Write("h0,h1,h2\n1,2,3\n");
        var columns = new[] { new TextLoader.Column("X", DataKind.Single, 0, 2) };
        Assert.False(_ml.Data.LoadFromTextFile(file.Path, columns, ',', hasHeader: true).Schema[0].HasSlotNames());
        var loader = _ml.Data.CreateTextLoader(columns, ',', hasHeader: true, dataSample: new MultiFileSource(file.Path));
        Assert.True(loader.GetOutputSchema()[0].HasSlotNames());
    }

    private static TextLoader.Options Options(bool useThreads) => new()
    {
        Separators = [','],
        UseThreads = useThreads,
        Columns =
        [
            new TextLoader.Column("Id", DataKind.Int32, 0),
            new TextLoader.Column("Name", DataKind.String, 1),
            new TextLoader.Column("X", DataKind.Single, 2, 2),
        ],
    };

    private static TemporaryFile Write(string text) => new("data.csv", Encoding.UTF8.GetBytes(text));

    private int[] Ids(IDataView view) => _ml.Data.CreateEnumerable<IdOnly>(view, reuseRowObject: false).Select(row => row.Id).ToArray();

    private sealed class Typed
    {
        [LoadColumn(3)]
        public double Last = -1;

        [LoadColumn(0)]
        public int Id { get; set; }

        [LoadColumn(1)]
        public string Name { get; set; } = "";

        [LoadColumn(2, 3)]
        [ColumnName("Feat")]
        public float[] Features { get; set; } = [];
    }

    private sealed class NoAttribute
    {
        public int Id { get; set; }
    }

    private sealed class IdOnly
    {
        public int Id { get; set; }
    }
}
