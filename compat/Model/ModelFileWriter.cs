using System.IO.Compression;
using System.Security.Cryptography;

namespace Microsoft.ML;

/// <summary>Writes the subset's own model format: a zip with one entry per object, and a manifest with the hash of each.</summary>
internal sealed class ModelFileWriter : IDisposable
{
    public const string ManifestName = "mlnet-subset.txt";
    public const string FirstLine = "Model of the ML.NET subset, format 1";
    private readonly ZipArchive _zip;
    private readonly List<string> _manifest = [FirstLine];
    public ModelFileWriter(Stream stream) => _zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);

    public void Write(string path, ICanSaveModel model)
    {
        var context = new ModelSaveContext(this, path);
        model.Save(context);
        Contracts.Check(context.Kind != null,
            $"{model.GetType()} wrote nothing to the model: its Save must delegate to a transformer of ML.NET.");
        context.Writer.Flush();
        WriteEntry(path, ((MemoryStream)context.Writer.BaseStream).ToArray());
    }

    public void Finish() => WriteEntry(ManifestName, System.Text.Encoding.UTF8.GetBytes(string.Join('\n', _manifest) + "\n"));
    public void Dispose() => _zip.Dispose();

    private void WriteEntry(string path, byte[] content)
    {
        using var stream = _zip.CreateEntry(path).Open();
        stream.Write(content);
        _manifest.Add($"{Convert.ToHexString(SHA256.HashData(content))} {path}");
    }
}

/// <summary>The place in a model file that one object writes itself to.</summary>
public sealed class ModelSaveContext
{
    private readonly ModelFileWriter _file;
    private readonly string _path;

    internal ModelSaveContext(ModelFileWriter file, string path)
    {
        (_file, _path) = (file, path);
        Writer = new BinaryWriter(new MemoryStream());
    }

    internal BinaryWriter Writer { get; }
    internal string Kind { get; private set; }

    internal void Begin(string kind)
    {
        Contracts.Check(Kind == null,
            $"'{_path}' of the model was begun as '{Kind}' and again as '{kind}': Save may delegate to one other object only.");
        Kind = kind;
        Writer.Write(kind);
    }

    internal void SaveChild(string name, ICanSaveModel child) => _file.Write($"{_path}/{name}", child);

    internal void WriteNullable(string value)
    {
        Writer.Write(value != null);
        if (value != null)
            Writer.Write(value);
    }

    internal void WriteStrings(string[] values)
    {
        Writer.Write(values.Length);
        foreach (var value in values)
            Writer.Write(value);
    }
}
