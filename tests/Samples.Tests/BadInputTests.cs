using System.IO.Compression;

namespace MlNetShallowNet.SamplesTests;

/// <summary>What users get wrong: one clear sentence and exit code 1 each.</summary>
public sealed class BadInputTests : Shallownet
{
    [Fact]
    public void FilesThatAreNoTables()
    {
        RunLine("train --data nothing.csv").FailsWith("There is no file nothing.csv");
        RunLine("train --data no-folder/nothing.csv").FailsWith("There is no file no-folder/nothing.csv");
        RunLine("train --data .").FailsWith("directory");
        Write("empty.csv", "");
        RunLine("train --data empty.csv").FailsWith("empty.csv is empty");
        Write("blank.csv", "\n\n  \n");
        RunLine("train --data blank.csv").FailsWith("blank.csv is empty");
        Write("header.csv", "a,b,Label\n");
        RunLine("train --data header.csv").FailsWith("header.csv", "no rows");
        Write("one.csv", "Label\n1\n0\n");
        RunLine("train --data one.csv").FailsWith("single column", "--separator");
        if (OperatingSystem.IsLinux())
            RunLine("train --data /proc/self/mem").FailsWith("/proc/self/mem can't be read");
        File.WriteAllBytes(PathOf("binary.csv"), [81, 75, 3, 4, 0, 0, 0, 9]);
        RunLine("train --data binary.csv").FailsWith("not a text file");
    }

    [Theory]
    [InlineData("a,Label\n1,0\n2,1,9\n3,1\n", "t.csv, line 3", "3 fields where the header has 2")]
    [InlineData("a,b,Label\n1,2,0\n\n\"x\ny\",2\n", "t.csv, line 4", "2 fields where the header has 3")]
    [InlineData("a,Label\n1,0\n\"2,1\n3,1\n", "t.csv", "quote opened on line 3 is never closed")]
    [InlineData("a,Label\n1,1\n2,1\n", "label column 'Label' holds only '1'", "two values")]
    [InlineData("a,Label\n1,x\n2,y\n3,z\n4,z\n", "3 different values", "'z' (2 rows, first on line 4)", "--label")]
    [InlineData("a,Label\n1,\n2,NA\n", "no value", "Label")]
    [InlineData("a,b,\n1,1,\n2,0,\n", "'Column3' has no value", "--label")]
    [InlineData("a,b,Label\n,x,1\nNA,x,0\n", "no column to learn from", "no values: a")]
    [InlineData("a,Label\n1,1\n2,0\n3,0\n4,0\n", "Only 1 row", "--test-fraction 0")]
    public void TablesThatCannotBeLearntFrom(string table, params string[] words)
    {
        Write("t.csv", table);
        RunLine("train --data t.csv").FailsWith(words);
    }

    [Fact]
    public void ColumnsThatAreNotThere()
    {
        Write("t.csv", EasyTable);
        RunLine("train --data t.csv --label nope").FailsWith("no column 'nope' (--label)", "'x', 'y', 'Label'");
        RunLine("train --data t.csv --ignore nope").FailsWith("no column 'nope' (--ignore)");
        RunLine("train --data t.csv --weight-column nope").FailsWith("no column 'nope' (--weight-column)");
        RunLine("cross-validate --data t.csv --fold-column nope").FailsWith("no column 'nope' (--fold-column)");
        RunLine("train --data t.csv --positive maybe").FailsWith("'maybe'", "'0'", "'1'");
        Write("wide.csv", string.Join(',', Enumerable.Range(1, 30).Select(i => $"feature{i}")) + ",Label\n");
        RunLine("train --data wide.csv --label Lable").FailsWith("no column 'Lable' (--label)", "and 19 more; did you mean 'Label'?");
        RunLine("cross-validate --data t.csv --folds 40").FailsWith("40 folds need at least 40 rows");
    }

    [Theory]
    [InlineData("[{\"x\": 1, \"Label\": 0},\n {\"x\": 2, \"Label\": 1}]", "looks like JSON")]
    [InlineData("\uFEFF{\"x\": 1, \"Label\": 0}\n{\"x\": 2, \"Label\": 1}\n", "looks like JSON")]
    [InlineData("\n<!DOCTYPE html>\n<html><table></table></html>", "looks like a web page")]
    [InlineData("PK\u0003\u0004\u0014\0\0\0", "looks like an Excel workbook")]
    public void FilesOfOtherFormats(string content, string said) =>
        RunLine($"train --data {Write("t.csv", content)}").FailsWith($"t.csv {said}", "save it as CSV or Parquet");

    [Fact]
    public void NamesInBracketsAndValuesInBracesAreNoOtherFormat()
    {
        string rows = string.Concat(EasyTable.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row + "\n"));
        Train(Write("t.csv", "[x],[y],[Label]\n" + rows), "--epochs", "1").Succeeds();
        string values = string.Concat(Enumerable.Range(0, 60).Select(i => $"{{\"\"a\"\": 1}};{i % 13};{i % 2}\n"));
        Train(Write("u.csv", values), "--no-header", "--no-quotes", "--separator", "semicolon", "--epochs", "1").Succeeds();
    }

    [Fact]
    public void TablesThatDoNotFitTheModel()
    {
        Write("t.csv", EasyTable);
        RunLine("train --data t.csv --epochs 2 --model m.zip").Succeeds();
        Write("text.csv", "x,y\n1,2\n3,many\n");
        RunLine("predict --model m.zip --data text.csv --output p.csv").FailsWith("text.csv, line 3", "'many'", "column 'y'", "number");
        Assert.False(File.Exists(PathOf("p.csv")));
        RunLine("predict --model m.zip --data text.csv").FailsWith("text.csv, line 3", "'many'", "column 'y'", "number");
        Write("lacks.csv", "x,z\n1,2\n");
        RunLine("predict --model m.zip --data lacks.csv").FailsWith("lacks.csv has no column 'y'", "m.zip");
        RunLine("evaluate --model m.zip --data text.csv").FailsWith("text.csv has no column 'Label'");
        Write("header.csv", "x,y,Label\n");
        RunLine("predict --model m.zip --data header.csv").FailsWith("header.csv", "no rows");
        Write("other.csv", "x,y,Label\n1,2,1\n1,3,maybe\n");
        RunLine("evaluate --model m.zip --data other.csv").FailsWith("other.csv, line 3", "'maybe'");
        Write("yes.csv", "x,y,Label\n1,2,1\n1,3,1\n");
        RunLine("evaluate --model m.zip --data yes.csv").FailsWith("2 rows", "both values");
    }

    [Fact]
    public void OptionsThatTheTrainerRefusesAndTrainingThatDiverges()
    {
        Write("t.csv", EasyTable);
        RunLine("train --data t.csv --hidden 1000000").FailsWith("HiddenUnits must be", "not 1000000");
        RunLine("train --data t.csv --solver gradient-descent --scaling none --learning-rate 1e30 --epochs 50")
            .FailsWith("diverged", "learning rate");

        // A single step: the loss before it is finite, what follows isn't.
        Write("large.csv", EasyTable.Replace(",1\n", "000,1\n"));
        RunLine("train --data large.csv --solver gradient-descent --scaling none --learning-rate 1e38 --epochs 1 --hidden 4")
            .FailsWith("diverged", "a parameter is beyond");
        RunLine("train --data large.csv --solver gradient-descent --scaling none --learning-rate 1e30 --epochs 1 --hidden 4")
            .FailsWith("no finite numbers", "learning rate");
    }

    [Fact]
    public void ModelsThatAreNone()
    {
        Write("t.csv", EasyTable);
        RunLine("train --data t.csv --epochs 2 --model m.zip").Succeeds();
        byte[] model = File.ReadAllBytes(PathOf("m.zip"));
        foreach (double part in (double[])[0.1, 0.5, 0.95])
        {
            File.WriteAllBytes(PathOf("cut.zip"), model[..(int)(part * model.Length)]);
            RunLine("predict --model cut.zip --data t.csv").FailsWith("cut.zip");
        }
        using (ZipArchive zip = ZipFile.Open(PathOf("zip.zip"), ZipArchiveMode.Create))
            zip.CreateEntry("nothing.txt");
        RunLine("predict --model zip.zip --data t.csv").FailsWith("zip.zip");
        RunLine("evaluate --model t.csv --data t.csv").FailsWith("t.csv", "model");
        AlterState("m.zip", "altered.zip");
        RunLine("predict --model altered.zip --data t.csv").FailsWith("altered.zip", "altered");
        AlterBytes("m.zip", "bytes.zip");
        RunLine("predict --model bytes.zip --data t.csv").FailsWith("bytes.zip", "checksum");
        RunLine("evaluate --model none.zip --data t.csv").FailsWith("There is no model file none.zip");
    }

    /// <summary>Writes the model anew with a letter of the network's state changed.</summary>
    private void AlterState(string model, string altered)
    {
        File.Copy(PathOf(model), PathOf(altered));
        using ZipArchive zip = ZipFile.Open(PathOf(altered), ZipArchiveMode.Update);
        ZipArchiveEntry largest = zip.Entries.MaxBy(entry => entry.Length)!;
        long middle = largest.Length / 2;
        using Stream stream = largest.Open();
        stream.Position = middle;
        int letter = stream.ReadByte();
        stream.Position--;
        stream.WriteByte((byte)(letter == 'A' ? 'B' : 'A'));
    }

    /// <summary>Changes a byte of what is packed, so that it unpacks to something else.</summary>
    private void AlterBytes(string model, string altered)
    {
        byte[] bytes = File.ReadAllBytes(PathOf(model));
        using (ZipArchive zip = new(new MemoryStream(bytes)))
        using (ZipArchive stored = ZipFile.Open(PathOf(altered), ZipArchiveMode.Create))
        {
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                using Stream from = entry.Open(), to = stored.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
                from.CopyTo(to);
            }
        }
        bytes = File.ReadAllBytes(PathOf(altered));
        int state = bytes.AsSpan().IndexOf("x => "u8); // the expression that holds the network's state
        bytes[state + 100] ^= 1;
        File.WriteAllBytes(PathOf(altered), bytes);
    }

    [Fact]
    public void PathsThatCannotBeWrittenAreFoundBeforeTraining()
    {
        Write("t.csv", EasyTable);
        Write("file", "");
        Directory.CreateDirectory(PathOf("folder"));
        foreach (string path in (string[])["no-folder/m.zip", "file/m.zip", "folder"])
        {
            Run run = Run("train", "--data", "t.csv", "--model", path);
            run.FailsWith($"{path} can't be written");
            Assert.DoesNotContain("epochs", run.Output, StringComparison.Ordinal);
            Run("train", "--data", "t.csv", "--network", path).FailsWith($"{path} can't be written");
        }
        RunLine("train --data t.csv --model t.csv").FailsWith("--model is t.csv itself, which would be overwritten.");
        RunLine("train --data t.csv --model m.zip --network m.zip").FailsWith("two different files");
        RunLine("cross-validate --data t.csv --scores t.csv").FailsWith("t.csv itself");
        Assert.Equal(EasyTable, File.ReadAllText(PathOf("t.csv")));
    }

    [Fact]
    public void AnExistingModelSurvivesAFailedSave()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Write("t.csv", EasyTable);
        Write("m.zip", "what was there");
        // A limit of 2 kB on the size of files: the model is larger.
        System.Diagnostics.ProcessStartInfo start = new("bash")
        {
            WorkingDirectory = PathOf(""),
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("trap '' XFSZ; ulimit -f 2; DOTNET_EnableDiagnostics=0 DOTNET_EnableWriteXorExecute=0 exec \"$@\"");
        start.ArgumentList.Add("bash");
        start.ArgumentList.Add(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "shallownet.dll"));
        foreach (string argument in "train --data t.csv --epochs 2 --model m.zip".Split(' '))
            start.ArgumentList.Add(argument);

        Wait(System.Diagnostics.Process.Start(start)!).FailsWith("m.zip can't be written");

        Assert.Equal("what was there", File.ReadAllText(PathOf("m.zip")));
        Assert.Equal(["m.zip", "t.csv"], Directory.GetFiles(PathOf("")).Select(Path.GetFileName).Order());
    }
}
