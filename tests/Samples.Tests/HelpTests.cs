using System.CommandLine;
using MlNetShallowNet.Samples.Commands;
using MlNetShallowNet.Samples.Commands.Help;

namespace MlNetShallowNet.SamplesTests;

/// <summary>What <c>--help</c> says of each command, and what a command line that is wrong is told.</summary>
public sealed class HelpTests : Shallownet
{
    public static TheoryData<string> Paths => [.. All(ProgramCommand.Create(), "shallownet").Select(found => found.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void EveryCommandHasHelpWithTwoExamplesThatAreUnderstood(string path)
    {
        Width = 80;
        Run help = RunLine(path["shallownet".Length..].TrimStart() is { Length: > 0 } command ? $"{command} --help" : "--help").Succeeds();
        Assert.All(help.Lines, line => Assert.True(line.Length <= 80 || line.StartsWith("  shallownet ", StringComparison.Ordinal), line));
        help.Says($"Usage: {path}");
        string[] examples = [.. help.Lines.SkipWhile(line => line != "Examples").Skip(1).Select(line => line.Trim())];
        Assert.Equal(2, examples.Length);
        foreach (string example in examples)
        {
            Assert.StartsWith(path, example, StringComparison.Ordinal);
            ParseResult parse = ProgramCommand.Create().Parse(example["shallownet ".Length..]);
            Assert.True(parse.Errors.Count == 0, example);
        }
    }

    [Fact]
    public void OptionsStandInGroupsWithTheirDefaults()
    {
        string[] lines = RunLine("train --help").Succeeds().Lines;
        foreach (string group in (string[])["The table", "How the table is written", "The rows held out", "What is written", "Other options", "Examples"])
            Assert.Contains(group, lines);
        string all = string.Join(' ', lines.Select(line => line.Trim()));
        foreach (string said in (string[])["[default: 0.2]", "[default: adam]", "[default: all cores]", "The table: a CSV or TSV file", "[required, unless there is a --query]"])
            Assert.Contains(said, all);
        Assert.Contains("identity) [default: by the rows and the solver]", all);
        Assert.True(Array.IndexOf(lines, "The table") < Array.FindIndex(lines, line => line.StartsWith("  --label", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("trian", "There is no command trian; did you mean train?")]
    [InlineData("train --dta t.csv", "shallownet train has no option --dta; did you mean --data?")]
    [InlineData("train --data t.csv --learning 1", "did you mean --learning-rate?")]
    [InlineData("train --data t.csv --hiden=3", "no option --hiden; did you mean --hidden?")]
    [InlineData("train --data t.csv --folds 3", "shallownet train has no option --folds.")]
    [InlineData("train --data t.csv --set Membrs=3", "--set: The trainer has no option 'Membrs'; did you mean Members?")]
    [InlineData("train --data t.csv --set Wings=3", "--set: The trainer has no option 'Wings'; it has ")]
    [InlineData("train -d t.csv", "shallownet train has no option -d.")]
    [InlineData("generate flwer", "did you mean flower?")]
    [InlineData("explain why transpos", "did you mean transpose?")]
    [InlineData("explain why", "shallownet explain why needs")]
    [InlineData("example pipelin", "did you mean pipeline?")]
    [InlineData("example", "shallownet example needs <example>")]
    [InlineData("generate", "shallownet generate needs a command: flower, table.")]
    [InlineData("train", "shallownet train needs --data <file>, or --query <sql> with --connection-name <name>.")]
    [InlineData("train --data", "--data has no value; it is --data <file>.")]
    [InlineData("train --data t.csv --epochs", "--epochs has no value; it is --epochs <number>.")]
    [InlineData("train --data a --data b", "--data takes one file, not 2: a, b.")]
    [InlineData("train --data a extra", "does not know what 'extra' is for")]
    [InlineData("train --data a --no-header=5", "does not know what '5' is for")]
    [InlineData("train --data a --epochs 1 2", "does not know what '2' is for")]
    public void AMisspeltCommandLineIsToldWhatWasMeant(string arguments, string said)
    {
        Run run = RunLine(arguments);
        run.IsMisused(said);
        foreach (string raw in (string[])["Unrecognized", "Required", "expects", "Cannot parse", "was not provided", "not recognized", "is required"])
            Assert.DoesNotContain(raw, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help", "--help")]
    [InlineData("help train", "train --help")]
    [InlineData("help explain why", "explain why --help")]
    public void HelpIsACommandToo(string asCommand, string asOption) =>
        Assert.Equal(RunLine(asOption).Succeeds().Output, RunLine(asCommand).Succeeds().Output);

    [Theory]
    [MemberData(nameof(Paths))]
    public void OnlyWhatEveryCommandHasStandsUnderOtherOptions(string path)
    {
        string[] others = [.. RunLine($"help{path["shallownet".Length..]}").Succeeds().Lines
            .SkipWhile(line => line != "Other options").Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal))];
        Assert.All(others, line => Assert.Matches("^  (--help|--version|  )", line));
    }

    [Fact]
    public void ADefaultStandsBehindTheChoicesAndWhatIsRequiredIsSaid()
    {
        Width = 100;
        Assert.Contains("(text, json, csv) [default: text]", Flat("train --help"));
        string worker = Flat("worker --help");
        Assert.Contains("[required, unless there is a --connection-name]", worker);
        Assert.Contains("[required, unless there is a --folder]", worker);
        string Flat(string line) => string.Join(' ', RunLine(line).Succeeds().Lines.Select(said => said.Trim()));
    }

    [Theory]
    [InlineData("data", "dta", 1)]
    [InlineData("train", "trian", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("same", "same", 0)]
    public void SlipsAreCounted(string a, string b, int slips)
    {
        Assert.Equal(slips, Misspelling.Slips(a, b));
        Assert.Equal(slips, Misspelling.Slips(b, a));
    }

    private static IEnumerable<(Command Command, string Path)> All(Command command, string path) =>
        [(command, path), .. command.Subcommands.SelectMany(sub => All(sub, $"{path} {sub.Name}"))];
}
