namespace MlNetShallowNet.MlNetTests.Conformance;

/// <summary>A file in a folder of its own, both gone in the end.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlnet-tests-").FullName;

    public TemporaryFile(string name, byte[]? content = null)
    {
        Path = System.IO.Path.Combine(_folder, name);
        if (content != null)
            File.WriteAllBytes(Path, content);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
