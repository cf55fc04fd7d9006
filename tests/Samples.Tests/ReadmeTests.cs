using System.Text.RegularExpressions;

namespace MlNetShallowNet.SamplesTests;

/// <summary>What the README says about the program is so.</summary>
public sealed partial class ReadmeTests : Shallownet
{
    private static string Readme => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));

    [Theory]
    [InlineData("train")]
    [InlineData("cross-validate")]
    public void ListsEveryOption(string command)
    {
        string help = Run(command, "--help").Succeeds().Output;
        string[] options = [.. OptionInHelp().Matches(help).Select(match => match.Groups[1].Value)];
        Assert.Contains("--data", options);
        foreach (string option in options)
            Assert.Contains($"`{option}", Readme, StringComparison.Ordinal);
        string[] names = [.. NamesInHelp().Matches(help).SelectMany(match => match.Groups[1].Value.Split(", "))];
        Assert.Contains("gradient-descent", names);
        foreach (string name in names)
            Assert.Matches($@"[^\w-]{name}[^\w-]", Readme);
    }

    [Fact]
    public void ItsCommandsRun()
    {
        string[] commands = [.. CommandInReadme().Matches(Readme).Select(match => match.Groups[1].Value)];
        Assert.Contains(commands, command => command.StartsWith("train ", StringComparison.Ordinal));
        foreach (string command in commands)
            RunLine(command.Replace("data/", Path.Combine(AppContext.BaseDirectory, "data/"))).Succeeds();
    }

    [GeneratedRegex(@"^  (--[a-z0-9-]+)", RegexOptions.Multiline)]
    private static partial Regex OptionInHelp();

    [GeneratedRegex(@"\(([a-z0-9-]+(?:, [a-z0-9-]+)+)\)\s*$", RegexOptions.Multiline)]
    private static partial Regex NamesInHelp();

    [GeneratedRegex(@"^dotnet run -c Release --project src/Samples -- (.+)$", RegexOptions.Multiline)]
    private static partial Regex CommandInReadme();
}
