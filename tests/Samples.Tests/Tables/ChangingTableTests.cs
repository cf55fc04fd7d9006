using System.IO.Compression;
using System.Text;
using Microsoft.ML;
using MlNetShallowNet.Samples;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;
using MlNetShallowNet.SourcesTests.Parquet;

namespace MlNetShallowNet.SamplesTests.Tables;

/// <summary>Tables that are written to while they are read, or were cut short before: noticed, of whatever kind they are.</summary>
public sealed class ChangingTableTests : Shallownet
{
    private static readonly string _rows = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i * 7919 % 10_007},{i % 2}\n"));

    private byte[] Zipped()
    {
        using MemoryStream bytes = new();
        using (GZipStream zip = new(bytes, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(Encoding.UTF8.GetBytes("x,Label\n" + _rows));
        return bytes.ToArray();
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    [InlineData(0.999999)]
    public void ACompressedTableThatIsCutShortIsRefused(double share)
    {
        byte[] whole = Zipped();
        File.WriteAllBytes(PathOf("t.gz"), whole[..(int)(whole.Length * share)]);
        Train("t.gz").FailsWith("t.gz", "cut short or damaged");
        File.WriteAllBytes(PathOf("part2.gz"), whole);
        Train("part?.gz").Succeeds().Says("50000 rows");
        File.WriteAllBytes(PathOf("part3.gz"), whole[..(int)(whole.Length * share)]);
        Train("part?.gz").FailsWith("cut short or damaged");
    }

    [Fact]
    public void ADamagedCompressedTableIsRefused()
    {
        byte[] bytes = Zipped();
        bytes[^6] ^= 1; // its checksum
        File.WriteAllBytes(PathOf("t.gz"), bytes);
        Train("t.gz").FailsWith("t.gz", "cut short or damaged");
    }

    [Theory]
    [InlineData("a1.csv", "grew", false)]
    [InlineData("a2.csv", "grew", false)]
    [InlineData("a1.csv", "grew", true)]
    [InlineData("a2.csv", "shrank", false)]
    public void OneOfSeveralFilesThatChangesIsNoticed(string changed, string how, bool zipped)
    {
        foreach (string name in (string[])["a1.csv", "a2.csv"])
        {
            if (zipped)
                File.WriteAllBytes(PathOf(name), Zipped());
            else
                Write(name, "x,Label\n" + _rows);
        }
        using JoinedTexts text = new([PathOf("a1.csv"), PathOf("a2.csv")], new TextFormat());
        byte[] buffer = new byte[1 << 10];
        text.ReadExactly(buffer);
        for (int read = 0; changed == "a2.csv" && read < _rows.Length + 10_000; read += buffer.Length)
            text.ReadExactly(buffer); // the second has been begun
        if (how == "grew")
            File.AppendAllText(PathOf(changed), "1,1\n");
        else
            Write(changed, "x,Label\n1,0\n");
        UserError error = Assert.Throws<UserError>(() => text.CopyTo(Stream.Null));
        Assert.Contains($"{changed} {how} while it was read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AParquetFileThatIsRewrittenIsNoticed()
    {
        string path = PathOf("t.parquet");
        ParquetFile.Write(path, 3, 3, ParquetFile.Of("x", (double[])[1, 2, 3]), ParquetFile.Of("Label", (bool[])[true, false, true]));
        TextFormat format = new();
        using (Stream whole = SourceTable.OpenParquet([path], ref format))
            whole.CopyTo(Stream.Null);
        format = new TextFormat();
        using Stream text = SourceTable.OpenParquet([path], ref format);
        File.AppendAllText(path, "more");
        Assert.Contains("grew while it was read", Assert.Throws<UserError>(() => text.CopyTo(Stream.Null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesAndLabelsOfAnyLengthAreShownShort()
    {
        string huge = new('n', 100_000);
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"7,{i % 5},{(i % 2 == 0 ? new string('z', 50_000) : "no")}\n"));
        Run run = Train(Write("t.csv", $"{huge},y,Label\n{rows}")).Succeeds();
        run.Says("The same number in every row: nnn");
        Assert.InRange(run.Output.Length, 1_000, 10_000);
    }

    [Fact]
    public void WhatMlNetHasPutIntoItsFolderIsCleared()
    {
        MLContext ml = new();
        string before = ml.TempFilePath, folder;
        using (new ModelScratch(ml))
        {
            folder = ml.TempFilePath;
            Assert.NotEqual(before, folder);
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "ml_dotnet")).FullName, "part"), "");
        }
        Assert.False(Directory.Exists(folder));
        Assert.Equal(before, ml.TempFilePath);
    }
}
