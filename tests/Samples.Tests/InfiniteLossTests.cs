namespace MlNetShallowNet.SamplesTests;

public sealed class InfiniteLossTests : Shallownet
{
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
        far.Says("Log loss is infinite: a row's probability, rounded to single precision, is exactly 0 or 1");
    }
}
