using System.IO.Compression;
using System.Text;
using Microsoft.ML;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Persistence;
using Xunit;

namespace MlNetShallowNet.Tests.Persistence;

/// <summary>Files whose zip is whole and whose content is not: what ML.NET throws over them is of many types, ours is one.</summary>
public class DamagedModelTests
{
    private static readonly byte[] _whole = Saved(), _large = SavedLarge();

    public static TheoryData<string> Sizes => ["small", "large"];

    private static byte[] Of(string size) => size == "small" ? _whole : _large;

    private static byte[] Saved()
    {
        var ml = new MLContext(1);
        IDataView data = TestRows.View(ml);
        var options = new ShallowNetworkTrainer.Options { HiddenUnits = 5, Members = 1, NumberOfIterations = 1, Seed = 3 };
        using var stream = new MemoryStream();
        ml.Model.Save(ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(data), data.Schema, stream);
        return stream.ToArray();
    }

    /// <summary>One whose state is farther from its copy than deflate refers back.</summary>
    private static byte[] SavedLarge()
    {
        NetworkParameters drawn = NetworkInitializer.Draw(4, 5_000, Activation.ReLU, WeightInitialization.Auto, 1);
        var network = new ShallowNetworkTransformer(ShallowNetworkModelParameters.FromNetworkParameters(drawn), "Features", NetworkDocument.OneHalf);
        using var stream = new MemoryStream();
        new MLContext(1).Model.Save(network, TestRows.View(new MLContext(1)).Schema, stream);
        return stream.ToArray();
    }

    private static MemoryStream With(Func<byte[], byte[]> change, byte[]? model = null)
    {
        var stream = new MemoryStream();
        stream.Write(model ?? _whole);
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

    [Theory]
    [MemberData(nameof(Sizes))]
    public void AnUnchangedOneIsRead(string size) =>
        Assert.Equal(4, new MLContext(1).Model.LoadShallowNetwork(With(bytes => bytes, Of(size)), out _).Model.FeatureCount);

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

    /// <summary>The place of the state's text, which begins with the mark MSN3, in a part of the model; below 0 in all others.</summary>
    private static int StateIn(byte[] bytes)
    {
        byte[] mark = [.. "MSN3"u8];
        return Math.Max(Find(LetterCode.Write(mark)), Find(DenseCode.Write(mark)[1..3])); // the third character holds what follows, too

        int Find(string text) => bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void AnAlteredStateEndsTheLoading(string size)
    {
        int found = 0;
        for (int at = 8; at < 2_000; at += 97)
        {
            using MemoryStream model = With(
                bytes =>
                {
                    int state = StateIn(bytes);
                    if (state >= 0)
                    {
                        ref byte letter = ref bytes[state + at * sizeof(char)];
                        letter = (byte)(letter == 'A' ? 'B' : 'A');
                        found++;
                    }
                    return bytes;
                },
                Of(size));
            Exception? error = Record.Exception(() => new MLContext(1).Model.Load(model, out _));
            Assert.True(error is not null, $"character {at} of the state");
            model.Position = 0;
            Assert.Contains("two copies", Assert.Throws<InvalidDataException>(() => new MLContext(1).Model.LoadShallowNetwork(model, out _)).Message);
        }
        Assert.Equal(21, found);
    }

    /// <summary>A few bits of what deflate writes mean nothing, and behind the state stands what ML.NET does not read; every other one must be missed.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void AByteOfTheFileThatIsOfTheStateEndsTheLoading(string size)
    {
        byte[] whole = Of(size), content = LargestPart(whole, out ZipArchiveEntry largest);
        int end = content.AsSpan().LastIndexOf(Encoding.Unicode.GetBytes("))"));
        Assert.InRange(StateIn(content), 0, end);
        int first = whole.AsSpan().IndexOf(Encoding.UTF8.GetBytes(largest.FullName)) + largest.FullName.Length, found = 0;
        var random = new Random(1);
        for (int trial = 0; trial < 50; trial++)
        {
            byte[] altered = [.. whole];
            altered[first + 100 + random.Next((int)largest.CompressedLength - 200)] ^= (byte)(1 << random.Next(8));
            if (Record.Exception(() => new MLContext(1).Model.Load(new MemoryStream(altered), out _)) is not null)
                found++;
            else
                Assert.True(content.AsSpan(0, end).SequenceEqual(LargestPart(altered, out _).AsSpan(0, end)), $"trial {trial}");
        }
        Assert.InRange(found, 45, 50);
    }

    private static byte[] LargestPart(byte[] model, out ZipArchiveEntry largest)
    {
        using var zip = new ZipArchive(new MemoryStream(model));
        largest = zip.Entries.MaxBy(entry => entry.CompressedLength)!;
        using Stream content = largest.Open();
        byte[] bytes = new byte[largest.Length];
        content.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Both copies of the state are altered alike, which its checksum alone tells.</summary>
    [Fact]
    public void WhatIsWrongWithTheStateIsSaidWithTheFile()
    {
        const int at = 300;
        using MemoryStream model = With(bytes =>
        {
            int state = StateIn(bytes);
            if (state >= 0)
            {
                string text = Encoding.Unicode.GetString(bytes), beginning = text[(state / 2)..(state / 2 + at)];
                int copy = text.IndexOf(beginning.ToLowerInvariant(), StringComparison.Ordinal);
                bytes[state + at * sizeof(char)] = (byte)(text[state / 2 + at] == 'A' ? 'B' : 'A');
                bytes[(copy + at) * sizeof(char)] = (byte)(text[state / 2 + at] == 'A' ? 'b' : 'a');
            }
            return bytes;
        });
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, model.ToArray());
            new MLContext(1).Model.Load(path, out _);
            string message = Assert.Throws<InvalidDataException>(() => new MLContext(1).Model.LoadSafely(path, out _)).Message;
            Assert.StartsWith(path, message);
            Assert.Contains("checksum", message);
            Assert.Equal(message, Assert.Throws<InvalidDataException>(() => new MLContext(1).Model.LoadShallowNetwork(path, out _)).Message);
        }
        finally
        {
            File.Delete(path);
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
