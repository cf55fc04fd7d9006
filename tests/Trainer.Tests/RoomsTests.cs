using System.Text.RegularExpressions;
using Xunit;

namespace MlNetShallowNet.Tests;

/// <summary>The library's folders use each other one way only, and the lower ones know nothing of ML.NET.</summary>
public partial class RoomsTests
{
    // From the bottom to the top; a folder may use those before it.
    private static readonly string[] _rooms = ["Network", "Engine", "Optimization", "Model", "Explain", "Data", "Persistence", ""];

    [GeneratedRegex(@"^using (?:static )?MlNetShallowNet\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^\s*using Microsoft\.ML\b", RegexOptions.Multiline)]
    private static partial Regex UsingMlNet();

    private static string Trainer => Path.Combine(Repository.Root, "src", "Trainer");

    private static IEnumerable<string> FilesOf(string room) => room.Length > 0
        ? Directory.EnumerateFiles(Path.Combine(Trainer, room), "*.cs", SearchOption.AllDirectories)
        : Directory.EnumerateFiles(Trainer, "*.cs").Concat(FilesOf("Scoring"));

    public static TheoryData<string> Rooms() => new(_rooms);

    [Theory]
    [MemberData(nameof(Rooms))]
    public void ARoomUsesOnlyLowerOnes(string room)
    {
        int level = Array.IndexOf(_rooms, room);
        string[] files = [.. FilesOf(room)];
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            string text = File.ReadAllText(file);
            foreach (Match match in Using().Matches(text))
            {
                // The model is in the namespace of the trainers, for its users' sake.
                string used = match.Groups[1].Value == "Trainers" ? "Model" : match.Groups[1].Value;
                Assert.True(used == room || Array.IndexOf(_rooms, used) < level, $"{file} uses {used}, which is not below {room}.");
            }

            if (level < Array.IndexOf(_rooms, "Explain"))
                Assert.False(UsingMlNet().IsMatch(text), $"{file} uses ML.NET, of which {room} is to know nothing.");
            if (room.Length > 0)
                Assert.False(Regex.IsMatch(text, @"\bnew ShallowNetwork(Trainer|Transformer)\b"), $"{file} makes what only the top makes.");
        }
    }
}
