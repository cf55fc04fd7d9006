using System.Text.Json;

namespace MlNetShallowNet.SamplesTests;

/// <summary>Full-batch training against NumPy's double-precision run of the same equations: oracle/course_gradient_descent.py.</summary>
public sealed class GradientDescentOracleTests : Shallownet
{
    private const double RelativeTolerance = 1e-4;

    [Theory]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    [InlineData("relu")]
    public void GivesNumPysArrays(string activation)
    {
        using JsonDocument oracle = JsonDocument.Parse(File.ReadAllText(Oracle($"{activation}.json")));
        JsonElement root = oracle.RootElement;
        Write("in.json", root.GetProperty("initial").GetRawText());

        Run run = RunLine(
            $"train --data {Oracle("table.csv")} --label target --solver gradient-descent --scaling none --initial in.json " +
            $"--test-fraction 0 --epochs {root.GetProperty("steps")} " +
            $"--learning-rate {root.GetProperty("learningRate")} --network out.json");

        run.Succeeds();
        run.Says("The same number in every row: constant (kept)");
        using JsonDocument trained = JsonDocument.Parse(File.ReadAllText(PathOf("out.json")));
        Assert.Equal(activation, trained.RootElement.GetProperty("activation").GetString());
        foreach (string block in (string[])["W1", "b1", "W2", "b2"])
        {
            double[] expected = Numbers(root.GetProperty("expected").GetProperty(block));
            double[] actual = Numbers(trained.RootElement.GetProperty(block));
            Assert.Equal(expected.Length, actual.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                double difference = Math.Abs(actual[i] - expected[i]);
                Assert.True(difference <= RelativeTolerance * Math.Abs(expected[i]), $"{block}[{i}]: {actual[i]}, NumPy {expected[i]}");
            }
        }
    }

    [Fact]
    public void AnInitialNetworkMustFitTheTable()
    {
        Write("in.json", """{"activation":"tanh","W1":[[1,2,3]],"b1":[0],"W2":[1],"b2":0}""");
        Write("t.csv", EasyTable);
        RunLine("train --data t.csv --initial in.json").FailsWith("has 3 features", "'Features' has 2");
        Write("in.json", """{"activation":"tanh","W1":[[1,2]],"b1":[0],"W2":[1],"b2":0}""");
        RunLine("train --data t.csv --initial in.json --hidden 5").FailsWith("1 hidden", "ask for 5");
        Write("in.json", """{"activation":"tanh","W1":[[1,2]],"b1":[0],"W2":""");
        RunLine("train --data t.csv --initial in.json").FailsWith("in.json");
        RunLine("train --data t.csv --initial none.json").FailsWith("There is no file none.json");
        RunLine("train --data t.csv --initial .").FailsWith("directory");
    }

    [Fact]
    public void ThePlanarFlowerIsLearntWithTheCoursesSettings()
    {
        Run run = RunLine(
            $"train --data {Data("planar-flower.csv")} --hidden 4 --activation tanh --solver gradient-descent --scaling none " +
            "--initialization small-normal --learning-rate 1.2 --epochs 10000 --test-fraction 0");
        Assert.True(run.Succeeds().Metric("Accuracy") >= 0.88, run.Output);
    }

    private static string Oracle(string name) => Path.Combine(AppContext.BaseDirectory, "oracle", name);

    private static double[] Numbers(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().SelectMany(Numbers)] : [element.GetDouble()];
}
