using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.MlNetTests.Conformance;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Model;

/// <summary>Models saved and loaded: with a schema, a loader, or nothing; whole files and damaged ones.</summary>
public class ModelFileTests
{
    // The few messages that only the subset gives.
    private static readonly bool _onSubset = typeof(MLContext).Assembly.GetName().Name == "MlNetSubset";

    private readonly MLContext _ml = new(1);
    private readonly ITransformer _model = new TransformerChain<ITransformer>();

    [Fact]
    public void TheSchemaComesBackWithItsAnnotations()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        annotations.Add<VBuffer<ReadOnlyMemory<char>>>("SlotNames", new VectorDataViewType(TextDataViewType.Instance, 2), GetNames);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, 2), annotations.ToAnnotations());
        builder.AddColumn("Key", new KeyDataViewType(typeof(uint), 7));
        builder.AddColumn("Name", TextDataViewType.Instance);

        var stream = new MemoryStream();
        _ml.Model.Save(_model, builder.ToSchema(), stream);
        stream.Position = 0;
        new MLContext().Model.Load(stream, out var schema);
        Assert.Equal(
            ["Features: Vector<Single, 2> {IsNormalized, SlotNames}", "Key: Key<UInt32, 0-6>", "Name: String"],
            schema.Select(c => c.ToString()));
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema["Features"].GetSlotNames(ref names);
        Assert.Equal(["p", "q"], names.DenseValues().Select(name => name.ToString()));
        Assert.True(schema["Features"].IsNormalized());

        static void GetNames(ref VBuffer<ReadOnlyMemory<char>> value) => value = new(2, ["p".AsMemory(), "q".AsMemory()]);
    }

    [Fact]
    public void ASchemaMayBeMissing()
    {
        var stream = new MemoryStream();
        _ml.Model.Save(_model, (DataViewSchema)null!, stream);
        stream.Position = 0;
        Assert.IsAssignableFrom<TransformerChain<ITransformer>>(_ml.Model.Load(stream, out var schema));
        Assert.Null(schema);
        stream.Position = 0;
        Assert.ThrowsAny<Exception>(() => _ml.Model.LoadWithDataLoader(stream, out _));
    }

    [Fact]
    public void ALoaderComesBackReady()
    {
        using var data = new TemporaryFile("rows.csv", "id;name\n1;x\n2;'y\n"u8.ToArray());
        using var file = new TemporaryFile("model.zip");
        var loader = _ml.Data.CreateTextLoader<Typed>(';', hasHeader: true);
        _ml.Model.Save(_model, loader, file.Path);
        _ml.Model.Load(file.Path, out var schema);
        Assert.Equal(["Id: Int32", "Name: String"], schema.Select(c => c.ToString()));
        _ml.Model.LoadWithDataLoader(file.Path, out var loaded);
        var rows = _ml.Data.CreateEnumerable<Typed>(loaded.Load(new MultiFileSource(data.Path)), reuseRowObject: false);
        Assert.Equal(["1x", "2'y"], rows.Select(row => $"{row.Id}{row.Name}"));
    }

    [Fact]
    public void WhatIsNoModelThrows()
    {
        Assert.Throws<FormatException>(() => _ml.Model.Load(new MemoryStream([1, 2, 3]), out _));
        Assert.Throws<FileNotFoundException>(() => _ml.Model.Load("no such file", out _));
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("hello.txt").Open();
            entry.Write("hello"u8);
        }

        zip.Position = 0;
        var error = Assert.ThrowsAny<Exception>(() => _ml.Model.Load(zip, out _));
        if (_onSubset)
            Assert.Contains("is not a model", error.Message);
    }

    [Fact]
    public void ATruncatedFileThrows()
    {
        var whole = Save();
        for (var length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 40))
            Assert.ThrowsAny<Exception>(() => _ml.Model.Load(new MemoryStream(whole, 0, length), out _));
    }

    [Fact]
    public void AnAlteredFileThrows()
    {
        if (!_onSubset)
            return; // ML.NET's own files have no checks of what they hold.
        var whole = Save();
        using var archive = new ZipArchive(new MemoryStream(whole));
        foreach (var name in archive.Entries.Select(entry => entry.FullName))
        {
            var altered = Rewrite(whole, name);
            Assert.Throws<FormatException>(() => _ml.Model.Load(new MemoryStream(altered), out _));
        }
    }

    [Fact]
    public void AModelOfTheOtherLibraryIsRecognised()
    {
        // The entries that Microsoft.ML makes for a model; what they hold doesn't matter for telling.
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in new[] { "TransformerChain/Model.key", "TrainingInfo/Version.txt", "Schema" })
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write("ML MODEL"u8);
            }
        }

        zip.Position = 0;
        var error = Assert.ThrowsAny<Exception>(() => _ml.Model.Load(zip, out _));
        if (_onSubset)
            Assert.Contains("saved by Microsoft.ML", error.Message);
    }

    private static byte[] Rewrite(byte[] whole, string alteredEntry)
    {
        var result = new MemoryStream();
        using (var source = new ZipArchive(new MemoryStream(whole)))
        using (var target = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in source.Entries)
            {
                using var input = entry.Open();
                var content = new MemoryStream();
                input.CopyTo(content);
                var bytes = content.ToArray();
                if (entry.FullName == alteredEntry)
                    bytes[bytes.Length / 2] ^= 1;
                using var output = target.CreateEntry(entry.FullName).Open();
                output.Write(bytes);
            }
        }

        return result.ToArray();
    }

    private byte[] Save()
    {
        var stream = new MemoryStream();
        _ml.Model.Save(_model, _ml.Data.LoadFromEnumerable(new[] { new Typed() }).Schema, stream);
        return stream.ToArray();
    }

    private sealed class Typed
    {
        [LoadColumn(0)]
        public int Id { get; set; }

        [LoadColumn(1)]
        public string Name { get; set; } = "";
    }
}
