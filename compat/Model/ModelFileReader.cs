namespace Microsoft.ML;

/// <summary>Reads the subset's own model format and says clearly what is wrong with other files.</summary>
internal sealed class ModelFileReader : IDisposable
{
    private static readonly Lazy<Dictionary<string, MethodInfo>> _loaders = new(FindLoaders);
    private readonly IHostEnvironment _env;
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, string> _hashes;

    public ModelFileReader(IHostEnvironment env, Stream stream)
    {
        _env = env;
        try
        {
            _zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException e)
        {
            throw new FormatException("This is not a model file: it is not a zip, or it was cut short. Save the model again.", e);
        }
        var manifest = _zip.GetEntry(ModelFileWriter.ManifestName);
        if (manifest == null)
            throw new FormatException(
                _zip.Entries.Any(entry => entry.FullName.Replace('\\', '/').EndsWith("/Model.key", StringComparison.Ordinal))
                ? "This model was saved by Microsoft.ML, but this program runs on the subset of ML.NET, whose files are of another kind. "
                + "Train and save it here, or carry the network across in its JSON form."
                : "This zip is not a model: it was not saved by ml.Model.Save.");
        var lines = Encoding.UTF8.GetString(ReadEntry(manifest)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines[0] != ModelFileWriter.FirstLine)
            throw new FormatException($"This model says '{lines[0]}', but this program reads '{ModelFileWriter.FirstLine}' only.");
        _hashes = lines.Skip(1).Select(line => line.Split(' ', 2)).ToDictionary(parts => parts[1], parts => parts[0]);
    }

    /// <summary>The methods that make objects of the values saved, by kind.</summary>
    public static IReadOnlyDictionary<string, MethodInfo> Loaders => _loaders.Value;
    public bool Contains(string path) => _hashes.ContainsKey(path);
    public T Read<T>(string path) where T : class => (T)Read(path, typeof(T));

    public object Read(string path, Type type)
    {
        var entry = _zip.GetEntry(path);
        if (entry == null || !_hashes.TryGetValue(path, out var hash))
            throw new FormatException(
                $"The model has no part '{path}'. Either it was altered, or it was saved in another way than it is loaded.");
        var content = ReadEntry(entry);
        if (Convert.ToHexString(SHA256.HashData(content)) != hash)
            throw new FormatException($"Part '{path}' of the model is not what was saved: the file was altered. Save the model again.");

        var context = new ModelLoadContext(this, path, content);
        var kind = context.Reader.ReadString();
        if (!Loaders.TryGetValue(kind, out var loader))
            throw new FormatException($"Part '{path}' of the model is a '{kind}', which this version of the subset doesn't know.");
        var values = loader.GetParameters().Skip(1).Select(parameter => ModelValues.Read(context, parameter.ParameterType));
        var result = loader.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [_env, .. values], null);
        return type.IsInstanceOfType(result) ? result
            : throw new FormatException($"Part '{path}' of the model is a {result.GetType().Name}, where a {type.Name} is needed.");
    }

    public void Dispose() => _zip.Dispose();

    private static byte[] ReadEntry(ZipArchiveEntry entry)
    {
        try
        {
            using var stream = entry.Open();
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            return memory.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw new FormatException($"Part '{entry.FullName}' of the model cannot be read: the file was cut short or altered.", e);
        }
    }

    private static Dictionary<string, MethodInfo> FindLoaders()
        => typeof(ModelFileReader).Assembly.GetTypes().Where(type => !type.IsGenericTypeDefinition)
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => (Method: method, Attribute: method.GetCustomAttribute<ModelLoaderAttribute>()))
            .Where(loader => loader.Attribute != null).ToDictionary(loader => loader.Attribute.Kind, loader => loader.Method);
}

/// <summary>The place in a model file that one object is read back from.</summary>
internal sealed class ModelLoadContext(ModelFileReader file, string path, byte[] content)
{
    private int _children;
    public BinaryReader Reader { get; } = new(new MemoryStream(content, writable: false));
    public object LoadChild(Type type) => file.Read($"{path}/{_children++}", type);
}

/// <summary>Marks a static method that takes the environment and the values that <c>ctx.Save(kind, values)</c> was given.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ModelLoaderAttribute(string kind) : Attribute
{
    public string Kind { get; } = kind;
}
