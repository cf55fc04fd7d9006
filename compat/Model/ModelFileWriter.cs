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
    private int _children;
    internal ModelSaveContext(ModelFileWriter file, string path) => (_file, _path) = (file, path);
    internal BinaryWriter Writer { get; } = new(new MemoryStream());
    internal string Kind { get; private set; }

    /// <summary>Saves an object as the values that the method marked with its kind, a <see cref="ModelLoaderAttribute"/>, takes.</summary>
    internal void Save(string kind, params object[] values)
    {
        Contracts.Check(Kind == null,
            $"'{_path}' of the model was begun as '{Kind}' and again as '{kind}': Save may delegate to one other object only.");
        Kind = kind;
        Writer.Write(kind);
        foreach (var (parameter, value) in ModelFileReader.Loaders[kind].GetParameters().Skip(1).Zip(values))
            ModelValues.Write(this, parameter.ParameterType, value);
    }

    internal void SaveChild(ICanSaveModel child) => _file.Write($"{_path}/{_children++}", child);
}
