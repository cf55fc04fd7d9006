using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Data;

/// <summary>Views written as text, character for character.</summary>
public class SaveAsTextTests
{
    private const string Schema = """
        #@ TextLoader{
        #@   header+
        #@   sep=tab
        #@   col=Id:I4:0
        #@   col=Label:BL:1
        #@   col=F:R4:2-4
        #@   col=Name:TX:5
        #@   col=D:R8:6
        #@   col=K:U4[5]:7
        #@   col=W:R4:8-17
        #@   col=When:DT:18
        #@ }

        """;

    private readonly MLContext _ml = new(1);

    [Fact]
    public void SparseRowsAreShortened()
    {
        const string Rows = "Id,Label,\"\",\"\",\"\",Name,D,K,11,10:When\n"
            + "1,1,1,0,2.5,a b,0.10000000000000001,2,11,0:0\n"
            + "-2,0,0,?,Infinity,\"he said \"\"x\"\", y:z\",1.0000000000000001E+300,12,3:3,10:7\n"
            + "19,5:\" lead\",7:0\n"
            + "19,5:\"nl\nx\",7:0,18:\"2024-01-02T03:04:05.0000000\"\n";
        Assert.Equal(Rows, Save(Data(), ',', schema: false));
    }

    [Fact]
    public void DenseRowsHaveEveryValue()
    {
        var lines = Save(Data(), ',', schema: false, headerRow: false, forceDense: true).Split('\n');
        Assert.Equal("1,1,1,0,2.5,a b,0.10000000000000001,2,0,0,0,0,0,0,0,0,0,0,\"0001-01-01T00:00:00.0000000\"", lines[0]);
        Assert.Equal("0,0,0,0,0,\" lead\",0,0,0,0,0,0,0,0,0,0,0,0,\"0001-01-01T00:00:00.0000000\"", lines[2]);
    }

    [Fact]
    public void TheSchemaComesFirstAndIsAComment()
    {
        var text = Save(Data(), '\t', schema: true);
        Assert.StartsWith(Schema.ReplaceLineEndings("\n"), text);
        Assert.Equal(Save(Data(), '\t', schema: false), text[Schema.ReplaceLineEndings("\n").Length..]);
    }

    [Fact]
    public void NamesWithSpecialCharactersAreQuoted()
    {
        var view = _ml.Data.LoadFromEnumerable(new[] { new Special { A = 1, V = [1, 2] } });
        Assert.Equal(
            "#@ TextLoader{\n#@   header+\n#@   sep=semicolon\n#@   col={name={a b} src=0}\n#@   col={name={x=1} src=1-2}\n#@ }\n"
            + "a b;\"\";\"\"\n1;1;2\n",
            Save(view, ';', schema: true));
    }

    [Fact]
    public void WhatWasWrittenIsReadBack()
    {
        using var file = new Conformance.TemporaryFile("saved.tsv",
            Encoding.UTF8.GetBytes(Save(Data(), '\t', schema: true, forceDense: true)));
        var view = _ml.Data.LoadFromTextFile(file.Path, new TextLoader.Options
        {
            AllowQuoting = true,
            HasHeader = true,
            ReadMultilines = true,
            Columns =
            [
                new TextLoader.Column("Id", DataKind.Int32, 0), new TextLoader.Column("Name", DataKind.String, 5),
                new TextLoader.Column("W", DataKind.Single, 8, 17),
            ],
        });
        var rows = _ml.Data.CreateEnumerable<Back>(view, reuseRowObject: false).ToArray();
        Assert.Equal([1, -2, 0, 0], rows.Select(row => row.Id));
        Assert.Equal(["a b", "he said \"x\", y:z", " lead", "nl\nx"], rows.Select(row => row.Name));
        Assert.Equal([0f, 0f, 3f, 0f, 0f, 0f, 0f, 0f, 0f, 7f], rows[1].W);
    }

    [Fact]
    public void OnlyFiveSeparatorsAreAllowed()
        => Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.SaveAsText(Data(), new MemoryStream(), ':'));

    private IDataView Data() => _ml.Data.LoadFromEnumerable(new Row[]
    {
        new() { Id = 1, Label = true, F = [1, 0, 2.5f], Name = "a b", D = 0.1, K = 2 },
        new() { Id = -2, F = [0, float.NaN, float.PositiveInfinity], Name = "he said \"x\", y:z", D = 1e300, K = 9,
            W = [0, 0, 3, 0, 0, 0, 0, 0, 0, 7] },
        new() { Name = " lead" },
        new() { Name = "nl\nx", When = new DateTime(2024, 1, 2, 3, 4, 5) },
    });

    private string Save(IDataView view, char separator, bool schema, bool headerRow = true, bool forceDense = false)
    {
        var stream = new MemoryStream();
        _ml.Data.SaveAsText(view, stream, separator, headerRow, schema, forceDense: forceDense);
        return Encoding.UTF8.GetString(stream.ToArray()).ReplaceLineEndings("\n");
    }

    private sealed class Row
    {
        public int Id { get; set; }

        public bool Label { get; set; }

        [VectorType(3)]
        public float[] F { get; set; } = new float[3];

        public string Name { get; set; } = "";

        public double D { get; set; }

        [KeyType(5)]
        public uint K { get; set; }

        [VectorType(10)]
        public float[] W { get; set; } = new float[10];

        public DateTime When { get; set; }
    }

    private sealed class Special
    {
        [ColumnName("a b")]
        public float A { get; set; }

        [ColumnName("x=1")]
        [VectorType(2)]
        public float[] V { get; set; } = [];
    }

    private sealed class Back
    {
        public int Id { get; set; }

        public string Name { get; set; } = "";

        public float[] W { get; set; } = [];
    }
}
