namespace MlNetShallowNet.SamplesTests.Docs;

/// <summary>The clone of the repository that the tests lie in.</summary>
internal static class Clone
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            if (File.Exists(Path.Combine(d.FullName, "MlNetShallowNet.sln")))
                return d.FullName;
        }

        throw new DirectoryNotFoundException("The tests lie in no clone of the repository.");
    }
}
