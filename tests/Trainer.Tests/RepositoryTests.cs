using System.Text.RegularExpressions;
using Xunit;

namespace MlNetShallowNet.Tests;

/// <summary>The repository's own texts hold together: links lead somewhere, and nothing is written for one machine.</summary>
public partial class RepositoryTests
{
    private static readonly string[] _folders = ["src", "tests", "bench", "docs", "data", "eng"];
    private static readonly string[] _texts = [".cs", ".md", ".csproj", ".props", ".py", ".json", ".html", ".svg"];

    [GeneratedRegex(@"\]\((?!https?:|mailto:|#)([^)#\s]*[./][^)#\s]*)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w.}])/(?:work|tmp|home|root)/\w")]
    private static partial Regex MachinePath();

    private static IEnumerable<string> Files() =>
        Directory.GetFiles(Repository.Root)
            .Concat(_folders.SelectMany(f => Directory.GetFiles(Path.Combine(Repository.Root, f), "*", SearchOption.AllDirectories)))
            .Where(f => _texts.Contains(Path.GetExtension(f)) && !f.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    [Fact]
    public void LinksLeadToFiles()
    {
        string[] dead =
        [
            .. from page in Files()
               where Path.GetExtension(page) == ".md"
               from Match link in Link().Matches(File.ReadAllText(page))
               let target = Path.Combine(Path.GetDirectoryName(page)!, link.Groups[1].Value)
               where !File.Exists(target) && !Directory.Exists(target)
               select $"{Path.GetRelativePath(Repository.Root, page)}: {link.Groups[1].Value}",
        ];
        Assert.Empty(dead);
    }

    [Fact]
    public void NoFileNamesAPlaceOnOneMachine()
    {
        string[] places =
        [
            .. from file in Files()
               from Match place in MachinePath().Matches(File.ReadAllText(file))
               select $"{Path.GetRelativePath(Repository.Root, file)}: {place.Value}",
        ];
        Assert.Empty(places);
    }
}
