namespace MlNetShallowNet.SourcesTests;

/// <summary>Tests with a folder of their own, which is deleted at the end.</summary>
public abstract class Folder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sources-tests-").FullName;

    /// <summary>A file of the folder.</summary>
    protected string PathOf(string name) => Path.Combine(_folder, name);

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
