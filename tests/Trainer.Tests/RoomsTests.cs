using System.Text.RegularExpressions;
using Xunit;

namespace MlNetShallowNet.Tests;

/// <summary>The library's folders use each other one way only, and the lower ones know nothing of ML.NET.</summary>
public partial class RoomsTests
{
    // From the top to the bottom; a folder may use those after it. The top itself is the folder of the project.
    private static readonly string[] _rooms = ["", "Parts", "Options", "DataViews", "Persistence", "Explain", "Training", "Engine", "Network"];
    private static readonly HashSet<string> _knowMlNet = ["", "Parts", "DataViews", "Persistence"];

    // Types that a file declares itself, not within another type.
    [GeneratedRegex(@"^(?:(?:public|internal|sealed|static|abstract|readonly|partial|ref|file) )*(?:class|struct|record struct|record|interface|enum|delegate \S+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"//.*$|""(?:\\.|[^""\\])*""", RegexOptions.Multiline)]
    private static partial Regex CommentsAndTexts();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w+")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\s*using Microsoft\.ML\b", RegexOptions.Multiline)]
    private static partial Regex UsingMlNet();

    private static string Trainer => Path.Combine(Repository.Root, "src", "Trainer");

    private static string[] FilesOf(string room) => room.Length > 0
        ? Directory.GetFiles(Path.Combine(Trainer, room), "*.cs", SearchOption.AllDirectories)
        : Directory.GetFiles(Trainer, "*.cs");

    public static TheoryData<string> Rooms() => new(_rooms);

    [Theory]
    [MemberData(nameof(Rooms))]
    public void ARoomUsesOnlyLowerOnes(string room)
    {
        string[] upper = _rooms[..Array.IndexOf(_rooms, room)];
        Dictionary<string, string> declaredAbove = [];
        foreach (string other in upper)
        {
            foreach (string file in FilesOf(other))
            {
                foreach (Match declaration in Declaration().Matches(File.ReadAllText(file)))
                    declaredAbove[declaration.Groups[1].Value] = other;
            }
        }

        // A class may have a part in a lower room, as the trainer has its options.
        foreach (string lower in _rooms[upper.Length..])
        {
            foreach (string file in FilesOf(lower))
            {
                foreach (Match declaration in Declaration().Matches(File.ReadAllText(file)))
                    declaredAbove.Remove(declaration.Groups[1].Value);
            }
        }

        string[] files = FilesOf(room);
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            string code = CommentsAndTexts().Replace(File.ReadAllText(file), "");
            string? used = Name().Matches(code).Select(m => m.Value).FirstOrDefault(declaredAbove.ContainsKey);
            Assert.True(used is null, $"{Path.GetRelativePath(Trainer, file)} uses {used}, which is of the room '{declaredAbove.GetValueOrDefault(used ?? "")}' above it.");
            Assert.True(_knowMlNet.Contains(room) || !UsingMlNet().IsMatch(code), $"{file} uses ML.NET, of which {room} is to know nothing.");
        }
    }

    [Fact]
    public void EveryFolderIsARoom() =>
        Assert.Equal(
            _rooms[1..].Order(StringComparer.Ordinal),
            Directory.GetDirectories(Trainer).Select(d => Path.GetFileName(d)!).Where(d => d is not ("bin" or "obj")).Order(StringComparer.Ordinal));
}
