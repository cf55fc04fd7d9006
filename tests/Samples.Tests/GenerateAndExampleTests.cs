using System.Globalization;

namespace MlNetShallowNet.SamplesTests;

public sealed class GenerateAndExampleTests : Shallownet
{
    [Fact]
    public void GeneratedTableTrainsAlsoWhenItIsStreamed()
    {
        RunLine("generate table --rows 400000 --columns 5 --output t.csv").Succeeds();
        Assert.Equal(400_001, File.ReadLines(PathOf("t.csv")).Count());
        Run streamed = RunLine("train --data t.csv --epochs 1 --memory-budget 16 --network n.json").Succeeds();
        Run again = RunLine("train --data t.csv --epochs 1 --memory-budget 16 --network again.json --threads 1").Succeeds();
        Assert.Contains("400000 rows", streamed.Output);
        Assert.Matches(@"Memory: \d+ MB at the most, with 16 MB", streamed.Output);
        Assert.Equal(File.ReadAllText(PathOf("n.json")), File.ReadAllText(PathOf("again.json")));
    }

    [Fact]
    public void TheFlowerOfSeedOneIsTheCourses()
    {
        RunLine("generate flower --output f.csv").Succeeds();
        Assert.Equal(File.ReadAllText(Data("planar-flower.csv")), File.ReadAllText(PathOf("f.csv")));
        Run other = RunLine("generate flower --seed 2 --points 10").Succeeds();
        Assert.Equal(11, other.Lines.Length);
        Assert.NotEqual(File.ReadAllLines(Data("planar-flower.csv"))[1], other.Lines[1]);
    }

    [Theory]
    [InlineData("pipeline", "AUC 0.9")]
    [InlineData("prediction-engine", "probability 0.")]
    [InlineData("cross-validation", "Mean AUC 0.9")]
    [InlineData("permutation-feature-importance", "worst_texture: AUC falls by 0.")]
    [InlineData("own-activation", "softsign, the same weights: True")]
    public void ExamplesRun(string name, string word) => Run("example", name).Succeeds().Says(word);

    [Fact]
    public void ASamplingKeyKeepsWhatBelongsTogetherInOneFold()
    {
        double[] areas = [.. Run("example", "grouped-cross-validation").Succeeds().Lines.Select(line => double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture))];
        Assert.InRange(areas[0], 0.8, 1);
        Assert.InRange(areas[1], 0.3, 0.65);
    }

    [Fact]
    public void TrainingGoesOnFromASavedNetworkOnNewRows()
    {
        string[] lines = Run("example", "retraining").Succeeds().Lines;
        double[] losses = [.. lines.Select(line => double.Parse(line.Split("log loss ")[1].Split(' ')[0], CultureInfo.InvariantCulture))];
        Assert.True(losses[1] < losses[0], string.Join('\n', lines));
        Assert.Equal(lines[0].Split(',', ':')[1], lines[1].Split(',', ':')[1]);
    }

    [Fact]
    public void ThePageOfExamplesHasThemAllAndNoOthers()
    {
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "examples.md"));
        string[] known = Run("example", "nothing").Error.Split("there are ")[1].Split('.')[0].Split(", ");
        string[] linked = [.. System.Text.RegularExpressions.Regex.Matches(page, @"\[`([\w./-]+)`\]\(\.\./([\w./-]+)\)").Select(link =>
        {
            Assert.True(File.Exists(Path.Combine(Docs.Clone.Root, link.Groups[2].Value)), link.Value);
            return link.Groups[1].Value;
        })];
        Assert.Equal(known.Order(), linked.Where(name => !name.Contains('.') && !name.Contains('/')).Order());
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Docs.Clone.Root, "src/Samples/Examples/Files")))
            Assert.Contains(Path.GetFileName(file), linked);
    }
}
