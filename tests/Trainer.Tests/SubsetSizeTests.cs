using Xunit;

namespace MlNetShallowNet.Tests;

/// <summary>The ML.NET subset is read by people: it stays small.</summary>
public class SubsetSizeTests
{
    [Fact]
    public void TheSubsetHasFewerThanEightThousandLines()
    {
        string compat = Path.Combine(Repository.Root, "compat");
        string[] files = [.. Directory.EnumerateFiles(compat, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(compat, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))];
        Assert.Contains(Path.Combine(compat, "MlNetSubset.csproj"), files);
        Assert.InRange(files.Sum(file => File.ReadLines(file).Count()), 1, 7999);
    }
}
