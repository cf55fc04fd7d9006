using System.Text.Json;

namespace MlNetShallowNet.Samples.CodeGeneration;

/// <summary>The library's file and the packages that it stands on, as the build of this program has noted them.</summary>
internal static class LibraryPackages
{
    private const string Library = "MlNetShallowNet";

    /// <summary>The library's version, and its packages with theirs.</summary>
    /// <exception cref="UserError">The program has been packed into a single file, and the notes are gone.</exception>
    public static (string Version, IReadOnlyList<(string Name, string Version)> Packages) Read()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "shallownet.deps.json");
        if (!File.Exists(path) || !File.Exists(AssemblyFile))
            throw new UserError($"--code needs {Library}.dll and shallownet.deps.json beside the program, in {AppContext.BaseDirectory}; run it as it was built.");
        using JsonDocument notes = JsonDocument.Parse(File.ReadAllText(path));
        JsonProperty library = notes.RootElement.GetProperty("targets").EnumerateObject().SelectMany(target => target.Value.EnumerateObject())
            .First(entry => entry.Name.StartsWith(Library + "/", StringComparison.Ordinal));
        return (library.Name.Split('/')[1],
            [.. library.Value.GetProperty("dependencies").EnumerateObject().Select(package => (package.Name, package.Value.GetString()!))]);
    }

    /// <summary>The library itself.</summary>
    public static string AssemblyFile => Path.Combine(AppContext.BaseDirectory, Library + ".dll");
}
