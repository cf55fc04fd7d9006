using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.SamplesTests.Docs;

/// <summary>Every command of docs/derivation.md prints what the page says, and every number in its sentences stands in what a command
/// prints.</summary>
public partial class DerivationTests : Shallownet
{
    private static readonly Document _page = Document.Read("derivation.md");

    public static TheoryData<int> Commands => [.. Enumerable.Range(0, _page.Commands.Count)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_prints_what_the_page_says(int index)
    {
        (string command, string[] output) = _page.Commands[index];
        Run run = RunLine(command.Replace("docs/", Path.Combine(AppContext.BaseDirectory, "docs") + "/")).EndsWith(Document.ExitCode(command));
        string[] printed = run.Output.Split('\n');
        if (DocumentUpdate.IsWanted)
            DocumentUpdate.Write("derivation.md", command, output, printed);
        else
            Assert.Null(PrintedText.Difference(output, printed));
    }

    [Fact]
    public void Numbers_in_sentences_stand_in_what_a_command_prints()
    {
        string printed = string.Join('\n', _page.Commands.SelectMany(c => c.Output));
        string[] numbers = [.. LongNumber().Matches(_page.Prose).Select(m => m.Value)];
        Assert.NotEmpty(numbers);
        Assert.All(numbers, number => Assert.Contains(number, printed));
    }

    [Theory]
    [InlineData("network.svg", 20)]
    [InlineData("graph.svg", 0)]
    public void Numbers_in_a_picture_are_those_of_the_commands(string picture, int numbers)
    {
        XElement svg = XElement.Load(Path.Combine(AppContext.BaseDirectory, "docs", "pictures", picture));
        Assert.Contains($"(pictures/{picture})", _page.Prose);
        string[] shown = [.. svg.Descendants().Where(e => e.Name.LocalName == "text").SelectMany(e =>
            Decimal().Matches(e.Value).Select(m => m.Value))];
        Assert.True(shown.Length >= numbers, string.Join(' ', shown));
        double[] printed = [.. _page.Commands.SelectMany(c => c.Output).SelectMany(line => Decimal().Matches(line)).Select(m =>
            double.Parse(m.Value, CultureInfo.InvariantCulture))];
        Assert.All(shown, text =>
        {
            int decimals = text.Length - 1 - text.IndexOf('.');
            Assert.Contains(printed, p => p.ToString($"F{decimals}", CultureInfo.InvariantCulture) == text);
        });
    }

    [Fact]
    public void No_formula_is_taken_for_a_link()
    {
        // Markdown reads [2](i) as a link, in a line's formula too (not in a block's).
        Assert.Matches(@"\$[^$\n]*\[2\] \(i\)[^$\n]*\$", _page.Prose);
        Assert.DoesNotMatch(@"\$[^$\n]*\]\([^$\n]*\$", _page.Prose);
    }

    [Fact]
    public void Methods_and_types_that_the_page_names_exist()
    {
        string source = string.Concat(Directory.EnumerateFiles(Path.Combine(Clone.Root, "src", "Trainer"), "*.cs",
            SearchOption.AllDirectories).Select(File.ReadAllText));
        string[] names = [.. CodeName().Matches(_page.Prose).Select(m => m.Groups[1].Value).Distinct()];
        Assert.True(names.Length > 5, string.Join(' ', names));
        Assert.All(names, name => Assert.All(name.Split('.'), part => Assert.Matches($@"\b{part}\b", source)));
    }

    [Fact]
    public void Its_code_is_what_is_compiled_and_run_here()
    {
        string source = File.ReadAllText(Path.Combine(Clone.Root, "tests", "Samples.Tests", "Docs", "DerivationSnippet.cs")).ReplaceLineEndings("\n");
        string body = source.Split("// derivation {\n")[1].Split("        // }")[0].Replace("\n        ", "\n").TrimStart();
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "derivation.md")).ReplaceLineEndings("\n");
        // Here the namespace of the package is around the code already.
        string usings = source.Split("\n\n")[0].Replace("using MlNetShallowNet.Learning;", "using MlNetShallowNet;\nusing MlNetShallowNet.Learning;");
        Assert.Equal($"{usings}\n\n{body}", page.Split("```csharp\n")[1].Split("```")[0]);

        var random = new Random(1);
        float[][] rows = [.. Enumerable.Range(0, 60).Select(_ => new[] { random.NextSingle(), random.NextSingle() })];
        bool[] labels = [.. rows.Select(row => row[0] + 0.2 * random.NextSingle() > row[1])];
        var ml = new MLContext(seed: 1);
        IDataView view = ml.Data.LoadFromEnumerable(rows.Zip(labels, (features, label) => new Example { Features = features, Label = label }));
        ShallowNetworkTransformer trained = ml.BinaryClassification.Trainers.ShallowNetwork(new ShallowNetworkTrainer.Options { NumberOfIterations = 3 }).Fit(view);
        GradientCheckResult? check = null;
        Run(() => check = DerivationSnippet.Run(trained, rows[..5], labels[..5]));
        Assert.True(check!.Agrees);
    }

    private sealed class Example
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    [Fact]
    public void Every_link_within_the_page_has_its_heading()
    {
        string[] anchors = [.. Heading().Matches(_page.Prose).Select(m => Anchor(m.Groups[1].Value))];
        string[] links = [.. InnerLink().Matches(_page.Prose).Select(m => m.Groups[1].Value)];
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Contains(link, anchors));
    }

    private static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-')).Replace(' ', '-');

    [GeneratedRegex(@"\d\.\d{4,}")]
    private static partial Regex LongNumber();

    [GeneratedRegex(@"-?\d+\.\d+")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"`([A-Z][a-z]+[A-Za-z]*(?:\.[A-Z][A-Za-z]+)?)`")]
    private static partial Regex CodeName();

    [GeneratedRegex(@"^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\(#([^)]+)\)")]
    private static partial Regex InnerLink();
}
