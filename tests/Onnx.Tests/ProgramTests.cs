using Microsoft.ML;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.SamplesTests;

namespace MlNetShallowNet.OnnxTests;

/// <summary>What the program exports is its model, whatever its table's columns are.</summary>
public sealed class ProgramTests : Shallownet
{
    [Fact]
    public void ChurnIsAlike()
    {
        string[] inputs = Exported(Data("telco-churn.csv"), "--test-fraction", "0.5");
        Assert.Equal(19, inputs.Length);
        Assert.Contains("total_charges", inputs);
    }

    [Fact]
    public void MissingNumbersAreAlike() =>
        Exported(Table("a,b,c,Label", i => $"{(i % 5 == 0 ? "" : i % 17)},{i * 31 % 100 / 7.0:R},{(i % 11 == 3 ? "?" : i % 3)},{(i % 17 > 8 ? 1 : 0)}"));

    [Fact]
    public void DatesAreAlike() =>
        Exported(Table("id,when,day,Label", i => $"{i},{1950 + i % 80}-{1 + i * 7 % 12:00}-{1 + i % 28:00} {i % 24:00}:{i * 13 % 60:00},{(i % 9 == 0 ? "" : $"2{i % 10}/0{1 + i % 9}/2021")},{i * 7 % 12 / 6}"));

    [Fact]
    public void NumbersBeyondSinglePrecisionAreAlike() =>
        Exported(Table("time,tiny,Label", i => $"{1600000000000 + i * 37 % 4000},{i % 23}e-30,{(i * 37 % 4000 > 2000 ? 1 : 0)}"));

    [Fact]
    public void WordsAreAlike() =>
        Exported(Table("colour,size,ünïcode (x),Label", i => $"{Word(i % 4, "red", "green", "", "blue")},{i % 10},{Word(i % 3, "ä", "\"a, b\"", "ß")},{(i % 4 == 1 || i % 10 > 7 ? 1 : 0)}"));

    [Fact]
    public void WideTablesAreAlike()
    {
        string[] columns = [.. Enumerable.Range(0, 1100).Select(c => $"c{c}")];
        Exported(Table(string.Join(',', columns) + ",w,Label", i => $"{string.Join(',', columns.Select((_, c) => c % 100 == 0 && i % 7 == 0 ? "" : $"{i * (c + 1) % 29}"))},{Word(i % 2, "yes", "no")},{i % 2}", 80));
    }

    [Fact]
    public void WhatIsNoModelIsSaid()
    {
        Write("m.zip", "nothing");
        RunLine("export --model m.zip --output m.onnx").FailsWith("m.zip can't be read");
        RunLine("export --model none.zip --output m.onnx").FailsWith("no model file none.zip");
    }

    private static string Word(int i, params string[] words) => words[i];

    private string Table(string names, Func<int, string> row, int rows = 300) =>
        Write("t.csv", names + "\n" + string.Concat(Enumerable.Range(0, rows).Select(i => FormattableString.Invariant($"{row(i)}") + "\n")));

    /// <summary>Trains on a table, exports, and compares on the table's own rows.</summary>
    private string[] Exported(string table, params string[] options)
    {
        Run(["train", "--data", table, "--preset", "fast", "--model", "m.zip", .. options]).Succeeds();
        RunLine("export --model m.zip --output m.onnx").Succeeds().Says("m.onnx: the model in ONNX");
        string[] inputs = [];
        Inside(() =>
        {
            ITransformer model = new MLContext(0).Model.Load("m.zip", out DataViewSchema schema);
            TableView rows = TableView.ForModel(TableFile.Open(table, new TextFormat()), schema, "m.zip", needsLabel: false, null);
            using var file = new OnnxFile(File.ReadAllBytes("m.onnx"));
            file.IsLike(model, rows);
            inputs = [.. file.Inputs];
            using MemoryStream library = new();
            new MLContext(0).Model.ExportToOnnx(model, schema, library);
            Assert.Equal(File.ReadAllBytes("m.onnx"), library.ToArray());
            Assert.DoesNotContain("Label", inputs);
        });
        return inputs;
    }
}
