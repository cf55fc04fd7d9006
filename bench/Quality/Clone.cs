namespace MlNetShallowNet.Quality;

/// <summary>The folders of the clone that the benchmark was built in.</summary>
internal static class Clone
{
    public static string Results => Path.Combine(Root, "bench", "results");

    public static string Docs => Path.Combine(Root, "docs");

    private static string Root
    {
        get
        {
            string? folder = AppContext.BaseDirectory;
            while (folder is not null && !File.Exists(Path.Combine(folder, "MlNetShallowNet.sln")))
                folder = Path.GetDirectoryName(folder);
            return folder ?? throw new BenchError("The benchmark is not inside a clone of the repository, where its results go.");
        }
    }
}
