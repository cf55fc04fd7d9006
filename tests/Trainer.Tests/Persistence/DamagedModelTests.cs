using System.IO.Compression;
using System.Text;
using Microsoft.ML;
using MlNetShallowNet.Persistence;
using Xunit;

namespace MlNetShallowNet.Tests.Persistence;

/// <summary>Files whose zip is whole and whose content is not: what ML.NET throws over them is of many types, ours is one.</summary>
public class DamagedModelTests
{
    private static readonly byte[] _whole = Saved();

    private static byte[] Saved()
    {
        var ml = new MLContext(1);
        IDataView data = TestRows.View(ml);
        var options = new ShallowNetworkTrainer.Options { HiddenUnits = 5, Members = 1, NumberOfIterations = 1, Seed = 3 };
        using var stream = new MemoryStream();
        ml.Model.Save(ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(data), data.Schema, stream);
        return stream.ToArray();
    }

    private static MemoryStream With(Func<byte[], byte[]> change)
    {
        var stream = new MemoryStream();
        stream.Write(_whole);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                using Stream content = entry.Open();
                using var bytes = new MemoryStream();
                content.CopyTo(bytes);
                byte[] changed = change(bytes.ToArray());
                content.SetLength(0);
                content.Write(changed);
            }
        }
        stream.Position = 0;
        return stream;
    }

    [Fact]
    public void AnUnchangedOneIsRead() => Assert.Equal(4, new MLContext(1).Model.LoadShallowNetwork(With(bytes => bytes), out _).Model.FeatureCount);

    [Theory]
    [InlineData("PublicKeyToken=c", "PublicKeyToken=\u014d")] // no name of an assembly
    [InlineData("Microsoft.ML.Transforms", "Microsoft.ML.Transfarms")] // an assembly that is nowhere
    public void AnotherNameOfAnAssemblyIsInvalidData(string name, string other)
    {
        byte[] from = Encoding.Unicode.GetBytes(name), to = Encoding.Unicode.GetBytes(other);
        bool isFound = false;
        using MemoryStream model = With(bytes =>
        {
            for (int at; (at = bytes.AsSpan().IndexOf(from)) >= 0; isFound = true)
                to.CopyTo(bytes, at);
            return bytes;
        });
        Assert.True(isFound);
        Assert.Throws<InvalidDataException>(() => new MLContext(1).Model.LoadShallowNetwork(model, out _));
    }

    [Fact]
    public void ContentsThatAreCutShortAreInvalidData()
    {
        for (int share = 1; share < 20; share++)
        {
            using MemoryStream model = With(bytes => bytes[..(bytes.Length * share / 20)]);
            Assert.Throws<InvalidDataException>(() => new MLContext(1).Model.LoadShallowNetwork(model, out _));
        }
    }

    /// <summary>The place of the state's text, which begins with the mark MSN2, in a part of the model; below 0 in all others.</summary>
    private static int StateIn(byte[] bytes) => bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(LetterCode.Write([.. "MSN2"u8])));

    [Fact]
    public void AnAlteredStateEndsTheLoading()
    {
        int found = 0;
        for (int at = 8; at < 2_000; at += 97)
        {
            using MemoryStream model = With(bytes =>
            {
                int state = StateIn(bytes);
                if (state >= 0)
                {
                    ref byte letter = ref bytes[state + at * sizeof(char)];
                    letter = (byte)(letter == 'A' ? 'B' : 'A');
                    found++;
                }
                return bytes;
            });
            Exception? error = Record.Exception(() => new MLContext(1).Model.Load(model, out _));
            Assert.True(error is not null, $"character {at} of the state");
            model.Position = 0;
            Assert.Contains("two copies", Assert.Throws<InvalidDataException>(() => new MLContext(1).Model.LoadShallowNetwork(model, out _)).Message);
        }
        Assert.Equal(21, found);
    }

    [Fact]
    public void AByteOfTheFileThatIsOfTheStateEndsTheLoading()
    {
        using var zip = new ZipArchive(new MemoryStream(_whole));
        ZipArchiveEntry largest = zip.Entries.MaxBy(entry => entry.CompressedLength)!;
        using (Stream content = largest.Open())
        {
            byte[] bytes = new byte[largest.Length];
            content.ReadExactly(bytes);
            Assert.True(StateIn(bytes) >= 0);
        }
        int first = _whole.AsSpan().IndexOf(Encoding.UTF8.GetBytes(largest.FullName)) + largest.FullName.Length;
        var random = new Random(1);
        for (int trial = 0; trial < 50; trial++)
        {
            byte[] altered = [.. _whole];
            altered[first + 100 + random.Next((int)largest.CompressedLength - 200)] ^= (byte)(1 << random.Next(8));
            Assert.True(Record.Exception(() => new MLContext(1).Model.Load(new MemoryStream(altered), out _)) is not null, $"trial {trial}");
        }
    }

    /// <summary>The names of the parts and their contents are as they were but for one bit, which only the checksum tells.</summary>
    [Fact]
    public void APartThatDoesNotMatchItsChecksumIsInvalidData()
    {
        using var stored = new MemoryStream();
        using (var from = new ZipArchive(new MemoryStream(_whole)))
        using (var to = new ZipArchive(stored, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (ZipArchiveEntry entry in from.Entries)
            {
                using Stream content = entry.Open(), copy = to.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
                content.CopyTo(copy);
            }
        }
        byte[] altered = stored.ToArray();
        int word = altered.AsSpan().IndexOf(Encoding.Unicode.GetBytes(SavedColumns.Checked));
        altered[word] ^= 1;
        Assert.NotNull(new MLContext(1).Model.LoadShallowNetwork(stored, out _));
        Assert.Contains("checksum", Assert.Throws<InvalidDataException>(() => new MLContext(1).Model.LoadShallowNetwork(new MemoryStream(altered), out _)).Message);

        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, altered);
            InvalidDataException error = Assert.Throws<InvalidDataException>(() => new MLContext(1).Model.LoadSafely(path, out _));
            Assert.StartsWith(path, error.Message);
            File.WriteAllBytes(path, _whole);
            ITransformer loaded = new MLContext(1).Model.LoadSafely(path, out DataViewSchema schema);
            Assert.Single(new MLContext(1).Model.FindShallowNetworks(loaded));
            Assert.Equal(TestRows.View(new MLContext(1)).Schema.Select(column => column.Name), schema.Select(column => column.Name));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
