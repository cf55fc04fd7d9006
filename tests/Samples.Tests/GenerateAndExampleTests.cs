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
    [InlineData("permutation-feature-importance", "AUC falls by 0.")]
    [InlineData("own-activation", "softsign, the same weights: True")]
    public void ExamplesRun(string name, string word) => Run("example", name).Succeeds().Says(word);
}
