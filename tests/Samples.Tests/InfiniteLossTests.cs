using System.Text.Json;

namespace MlNetShallowNet.SamplesTests;

public sealed class InfiniteLossTests : Shallownet
{
    private const string Reason = "Log loss is infinite: a row's probability, rounded to single precision, is exactly 0 or 1";

    [Fact]
    public void AWrongRowOfProbabilityOneIsNamedAsTheReason()
    {
        string[] rows = [.. Enumerable.Range(0, 40).Select(i => $"{i},{(i < 20 ? 0 : 1)}")];
        File.WriteAllLines(PathOf("t.csv"), ["x,Label", .. rows]);
        File.WriteAllLines(PathOf("far.csv"), ["x,Label", .. rows, "1e9,0"]);
        RunLine("train --data t.csv --hidden 4 --set FeatureEncoding=None --test-fraction 0 --model m.zip").Succeeds();
        RunLine("evaluate --model m.zip --data t.csv").Succeeds();
        Run far = RunLine("evaluate --model m.zip --data far.csv").Succeeds();
        far.Says("Infinity");
        far.Says(Reason);
    }

    [Fact]
    public void FoldsWithOneSayTheReasonAndForProgramsItIsNull()
    {
        File.WriteAllLines(PathOf("t.csv"), ["fold,x,Label", .. Enumerable.Range(0, 80).Select(i => $"{i % 2},{i},{(i < 40 ? 0 : 1)}"), "1,1e9,0"]);
        const string folds = "cross-validate --data t.csv --fold-column fold --hidden 4 --set FeatureEncoding=None";
        RunLine(folds).Succeeds().Says(Reason);

        Run json = RunLine(folds + " --quiet --format json").Succeeds();
        JsonElement root = JsonDocument.Parse(json.Output).RootElement;
        Assert.Equal(JsonValueKind.Number, root.GetProperty("folds").GetProperty("0").GetProperty("logLoss").ValueKind);
        Assert.All(
            [root.GetProperty("folds").GetProperty("1"), root.GetProperty("mean"), root.GetProperty("standardDeviation")],
            of => Assert.Equal(JsonValueKind.Null, of.GetProperty("logLoss").ValueKind));

        string[][] lines = [.. RunLine(folds + " --quiet --format csv").Succeeds().Lines.Select(line => line.Split(','))];
        int column = Array.IndexOf(lines[0], "logLoss");
        Assert.Equal([false, true, true, true], lines.Skip(1).Select(line => line[column].Length == 0));
    }
}
