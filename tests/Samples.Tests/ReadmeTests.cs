using System.Text.RegularExpressions;
using MlNetShallowNet.TestTools;

namespace MlNetShallowNet.SamplesTests;

/// <summary>What the README and the pages behind it say about the program is so.</summary>
public sealed partial class ReadmeTests : Shallownet
{
    private static string Readme => Page("README.md");

    private static string Page(string path) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, path));

    [Theory]
    [InlineData("train")]
    [InlineData("cross-validate")]
    [InlineData("compare")]
    public void ListsEveryOption(string command)
    {
        string help = Run(command, "--help").Succeeds().Output, page = Page("docs/program.md");
        string[] options = [.. OptionInHelp().Matches(help).Select(match => match.Groups[1].Value)];
        Assert.Contains("--data", options);
        foreach (string option in options)
            Assert.Contains($"`{option}", page, StringComparison.Ordinal);
        string[] names = [.. NamesInHelp().Matches(string.Join(' ', help.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).SelectMany(match => match.Groups[1].Value.Split(", "))];
        Assert.Contains("gradient-descent", names);
        foreach (string name in names)
            Assert.Matches($@"[^\w-]{name}[^\w-]", page);
    }

    [Fact]
    public void ItsJsonIsANetworkToGoOnFrom()
    {
        Write("in.json", JsonInPage().Match(Page("docs/models.md")).Groups[1].Value);
        Write("t.csv", EasyTable);
        RunLine("train --data t.csv --initial in.json --epochs 2").Succeeds().Says("2 inputs, 3 hidden units (tanh)");
    }

    [SkippableFact]
    public void ItsCommandsRun()
    {
        LongTest.Require();
        string[] commands = [.. CommandInPage().Matches(Readme + Page("docs/program.md") + Page("docs/models.md")).Select(match => match.Groups[1].Value).Distinct()];
        Assert.Contains(commands, command => command.StartsWith("train ", StringComparison.Ordinal));
        foreach (string command in commands)
        {
            // Pages train on the README's table with the README's options, so that all their epochs would show nothing more.
            bool trainsAgain = command.Split(' ')[0] is "train" or "plan" && !Readme.Contains(command, StringComparison.Ordinal);
            RunLine(command.Replace("data/", Path.Combine(AppContext.BaseDirectory, "data/")) + (trainsAgain ? " --epochs 3" : "")).Succeeds();
        }
    }

    [Fact]
    public void ItsTopLeadsLearnersToTheLesson() => Assert.Contains("(docs/lesson.html)", Readme[..Readme.IndexOf("\n## ", StringComparison.Ordinal)]);

    [Fact]
    public void ItsCodeIsWhatIsCompiledHere()
    {
        string source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ReadmeSnippet.cs")).ReplaceLineEndings("\n");
        string body = source.Split("// README {\n")[1].Split("        // }")[0].Replace("\n        ", "\n").TrimStart();
        string code = CodeInReadme().Match(Readme.ReplaceLineEndings("\n")).Groups[1].Value;
        Assert.Equal($"{source.Split("\n\n")[0]}\n\n{body}", code);
    }

    [Fact]
    public void ItsCodePrintsWhatItSays()
    {
        TextWriter console = Console.Out;
        StringWriter output = new(System.Globalization.CultureInfo.InvariantCulture);
        Directory.CreateDirectory(PathOf("data"));
        File.Copy(Data("breast-cancer.csv"), PathOf("data/breast-cancer.csv"));
        Inside(() =>
        {
            Console.SetOut(output);
            try
            {
                ReadmeSnippet.Run();
            }
            finally
            {
                Console.SetOut(console);
            }
        });
        Assert.Equal(0.99, double.Parse(output.ToString(), System.Globalization.CultureInfo.InvariantCulture), 0.0099);
        Assert.True(File.Exists(PathOf("model.zip")));
    }

    [GeneratedRegex(@"```json\r?\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonInPage();

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeInReadme();

    [GeneratedRegex(@"^  (--[a-z0-9-]+)", RegexOptions.Multiline)]
    private static partial Regex OptionInHelp();

    [GeneratedRegex(@"\(([a-z0-9-]+(?:, [a-z0-9-]+)+)\)")]
    private static partial Regex NamesInHelp();

    [GeneratedRegex(@"^dotnet run -c Release --project src/Samples -- (.+)$", RegexOptions.Multiline)]
    private static partial Regex CommandInPage();
}
