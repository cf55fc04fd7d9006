using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using MlNetShallowNet.Samples;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.TestTools;

namespace MlNetShallowNet.SamplesTests.Tables;

/// <summary>From bytes to fields.</summary>
public sealed class TextTests : Shallownet
{
    [Theory]
    [InlineData("a,b\n1,2\n", "a|b/1|2")]
    [InlineData("a,b\r1,2\r\r3,4", "a|b/1|2/3|4")]
    [InlineData("a,b\r\n\"x, y\",\"say \"\"hi\"\"\"\r\n", "a|b/x, y|say \"hi\"")]
    [InlineData("a,b\n \"x\" , 2 \n", "a|b/x|2")]
    [InlineData("a,b\n\"1\n2\",3\n", "a|b/1\n2|3")]
    [InlineData("a,b\n5\"x\"y,3\n", "a|b/5\"x\"y|3")]
    [InlineData("a;b;c\nsep=;;2\n", "a|b|c/sep=||2")]
    [InlineData("sep=;\na;b\n1,5;2\n", "a|b/1,5|2")]
    [InlineData("\"sep=;\"\r\na;b\r\n1,5;2\r\n", "a|b/1,5|2")]
    [InlineData("sep=|\na|b\n1|2\n", "a|b/1|2")]
    [InlineData("  a  b\n 1  2\n10 20\n", "a|b/1|2/10|20")]
    [InlineData("a   b\n1 \t 2\n\"x y\" 4\n", "a|b/1|2/x y|4")]
    [InlineData("Title\n\nby,me\na,b,c\n1,2,3\n4,5,6\n7,8,9\n", "a|b|c/1|2|3/4|5|6/7|8|9")]
    [InlineData("#a comment, with, commas\nx,y,z\n1,2,3\n4,5,6\n", "x|y|z/1|2|3/4|5|6")]
    [InlineData("#id,x\n1,2\n3,4\n", "#id|x/1|2/3|4")]
    public void FieldsAreWhatIsMeant(string text, string expected)
    {
        TableFile table = Open(text);
        List<string> records = [string.Join('|', table.Names)];
        using TableRows rows = table.OpenRows();
        while (rows.Read())
            records.Add(string.Join('|', Enumerable.Range(0, table.Names.Count).Select(i => rows[i].ToString())));
        Assert.Equal(expected, string.Join('/', records));
    }

    [Theory]
    [InlineData("-2,092;2,565;1\n-1,5;3,25;0\n", ';')]
    [InlineData("-2,092;2,565;yes, sir\n-1,5;3,25;no, sir\n", ',')]
    [InlineData("a;b,c,1\nd;e,f,0\n", ',')]
    [InlineData("a;b,1\nd;e,0\n", ',')]
    public void WhereCommasAndSemicolonsSplitAlikeDecimalsTell(string text, char separator) =>
        Assert.Equal(separator, TableFile.Open(PathOf(Write("t.csv", text)), new TextFormat { HasHeader = false }).Separator);

    [Theory]
    [InlineData("  ", null)]
    [InlineData("^", '^')]
    public void LinesAreCountedWhereALineEndLiesAcrossBuffers(string between, char? separator)
    {
        const int lines = 60_000;
        Random random = new(1);
        StringBuilder text = new($"a{between}b\r\n");
        for (int i = 2; i <= lines; i++)
            text.Append(i).Append(between).Append('x', random.Next(1, 40)).Append("\r\n");
        TableFile table = TableFile.Open(PathOf(Write("t.txt", text.ToString())), new TextFormat { Separator = separator });
        using TableRows rows = table.OpenRows();
        while (rows.Read() && rows.Line == int.Parse(rows[0], System.Globalization.CultureInfo.InvariantCulture))
        {
        }
        Assert.Equal(lines - 2, rows.Row);
    }

    [Theory]
    [InlineData("a,b\n1,2\n\"3\n4\",5\n\"x,6\n7,8\n", "quote opened on line 5 is never closed")]
    [InlineData("a,b\r\"1\r2\",3\r4,\"5\"6\r", "line 4: text stands behind a quoted field: '6'")]
    [InlineData("a,b\n1,2\n3,5\" wide\n4,6\" wide\n", "line 3: a quote stands inside a field")]
    [InlineData("a,b\n1,\"two\" \"three\"\n", "line 2: text stands behind")]
    [InlineData("a,b\n1,2\n3\n", "line 3: 1 field where the header has 2")]
    [InlineData("a,b\n1,2\n\n# end\n", "line 4: 1 field")]
    public void WhatCantBeMeantNamesItsLine(string text, string words)
    {
        TableFile table = Open(text);
        using TableRows rows = table.OpenRows();
        UserError error = Assert.Throws<UserError>(() =>
        {
            while (rows.Read())
            {
            }
        });
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('#')]
    [InlineData('^')]
    [InlineData('\u0001')]
    [InlineData('\u00A6')]
    [InlineData('~')]
    public void AnyCharacterMaySeparate(char separator)
    {
        TableFile table = TableFile.Open(
            PathOf(Write("t.csv", $"a{separator}b\n\"x\ty\"{separator}2\n\"p{separator}q\"{separator}\"3\"\n")), new TextFormat { Separator = separator });
        using TableRows rows = table.OpenRows();
        Assert.True(rows.Read());
        Assert.Equal("x\ty", rows[0].ToString());
        Assert.True(rows.Read());
        Assert.Equal($"p{separator}q", rows[0].ToString());
        Assert.Equal("3", rows[1].ToString());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(30_000)]
    [InlineData(120_000)]
    public void TheAnswerIsTheSameWhereverTheLetterStands(int before)
    {
        StringBuilder text = new("town,Label\n");
        for (int i = 0; i < before; i++)
            text.Append("Ulm,").Append(i % 2).Append('\n');
        text.Append("K\u00d6LN,1\nK\u00c4LN,0\n");
        File.WriteAllText(PathOf("t.csv"), text.ToString(), Encoding.Latin1);
        TableFile table = TableFile.Open(PathOf("t.csv"), new TextFormat());
        Assert.Contains($"line {before + 2} isn't UTF-8", Assert.Single(table.Notes), StringComparison.Ordinal);
        using TableRows rows = table.OpenRows();
        List<string> towns = [];
        while (rows.Read())
            towns.Add(rows[0].ToString());
        Assert.Equal(["K\u00d6LN", "K\u00c4LN"], towns[^2..]);

        File.WriteAllText(PathOf("nul.csv"), text.Append("12\0,1\n").ToString());
        UserError error = Assert.Throws<UserError>(() => TableFile.Open(PathOf("nul.csv"), new TextFormat()));
        Assert.Contains($"line {before + 4}: a NUL character", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LettersOfSeveralBytesAreValidAtEveryPlaceInAChunk()
    {
        for (int shift = 0; shift < 4; shift++)
        {
            string text = "x,Label\n" + new string('1', shift) + string.Concat(Enumerable.Repeat("\U0001F600\u20AC\u00E9", 150_000)) + ",1\n";
            Assert.Empty(TableFile.Open(PathOf(Write("t.csv", text)), new TextFormat()).Notes);
        }
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void ByteOrderMarksAreRead(string encoding)
    {
        File.WriteAllText(PathOf("t.csv"), "h\u00f6he,Label\n1,0\n", Encoding.GetEncoding(encoding));
        Assert.Equal(["h\u00f6he", "Label"], TableFile.Open(PathOf("t.csv"), new TextFormat()).Names);
    }

    [Fact]
    public void AMarkOfUtf8BeforeOtherLettersIsPassedOver()
    {
        File.WriteAllBytes(PathOf("t.csv"), [.. Encoding.UTF8.Preamble, .. Encoding.Latin1.GetBytes("h\u00f6he,Label\nK\u00d6LN,0\n")]);
        TableFile table = TableFile.Open(PathOf("t.csv"), new TextFormat());
        Assert.Contains("line 1 isn't UTF-8, so the file is read as Windows-1252", Assert.Single(table.Notes), StringComparison.Ordinal);
        Assert.Equal(["h\u00f6he", "Label"], table.Names);
        using TableRows rows = table.OpenRows();
        Assert.True(rows.Read());
        Assert.Equal("K\u00d6LN", rows[0].ToString());
    }

    [Fact]
    public void CompressedTablesAndStandardInputAreRead()
    {
        using (GZipStream zip = new(File.Create(PathOf("t.gz")), CompressionLevel.Fastest))
            zip.Write(Encoding.UTF8.GetBytes(EasyTable));
        Train("t.gz").Succeeds().Says("60 rows");
        foreach (bool isZipped in (bool[])[false, true])
        {
            Process process = Start(input: true, "predict", "--model", "m.zip", "--data", "-");
            process.StandardInput.BaseStream.Write(isZipped ? File.ReadAllBytes(PathOf("t.gz")) : Encoding.UTF8.GetBytes(EasyTable));
            process.StandardInput.Close();
            Assert.Equal(61, Wait(process).Succeeds().Lines.Length);
        }
        File.WriteAllBytes(PathOf("cut.gz"), File.ReadAllBytes(PathOf("t.gz"))[..40]);
        Train("cut.gz").FailsWith("cut.gz");
    }

    [Fact]
    public void ANamedPipeIsReadOnceThoughItsWriterHasGone()
    {
        if (OperatingSystem.IsWindows())
            return;
        using (Process made = Process.Start("mkfifo", PathOf("pipe")))
            made.WaitForExit();
        Process process = Start("train", "--data", "pipe", "--preset", "fast", "--epochs", "1", "--report", "r.html");
        // A shell waits for the reader, and then writes and is gone in no time.
        Write("t.csv", EasyTable);
        using (Process writer = Process.Start("sh", ["-c", "t=$(cat \"$0\"); printf '%s\\n' \"$t\" >\"$1\"", PathOf("t.csv"), PathOf("pipe")]))
            Assert.True(Patience.Until(writer.WaitForExit), "Nobody read the pipe.");
        Wait(process).Succeeds().Says("Data: pipe");
        Assert.Contains("none, for it is no single file that can be read again", File.ReadAllText(PathOf("r.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grew", "1,2\n")]
    [InlineData("shrank", null)]
    public void ATableThatChangesWhileItIsReadIsNoticed(string how, string? more)
    {
        string path = PathOf(Write("t.csv", "a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 100_000))));
        TableFile table = TableFile.Open(path, new TextFormat());
        using TableRows rows = table.OpenRows();
        Assert.True(rows.Read());
        if (more is not null)
            File.AppendAllText(path, more);
        else
            File.WriteAllText(path, "a,b\n1,2\n");
        UserError error = Assert.Throws<UserError>(() =>
        {
            while (rows.Read())
            {
            }
        });
        Assert.Contains(how, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ErrorsStayShortHoweverLongAField()
    {
        string huge = new('x', 1_000_000);
        foreach (string table in (string[])[$"a,Label\n1,0\n2,1\n3,{huge}\n", $"{huge},{huge}\n1,1\n", $"a,Label\n\"{huge}\"x,1\n2,0\n"])
        {
            Run run = Train(Write("t.csv", table));
            run.FailsWith("t.csv");
            Assert.InRange(run.Error.Length, 20, 800);
        }
    }

    private TableFile Open(string text) => TableFile.Open(PathOf(Write("t.csv", text)), new TextFormat());
}
