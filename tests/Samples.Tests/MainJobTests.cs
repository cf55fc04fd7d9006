namespace MlNetShallowNet.SamplesTests;

public sealed class MainJobTests : Shallownet
{
    [Fact]
    public void WithoutArgumentsItGoesTheWholeWayOnBreastCancer()
    {
        Run run = Run().Succeeds();

        Assert.True(run.Metric("AUC") >= 0.98, run.Output);
        Assert.True(run.Metric("Accuracy") >= 0.93, run.Output);
        run.Says("all 569 rows are the trained model's, bit for bit");
        run.Says("Confusion matrix");
        run.Says("scored by a PredictionEngine on the reloaded model");
        Assert.True(File.Exists(PathOf("breast-cancer-model.zip")));
        Assert.True(File.Exists(PathOf("breast-cancer-network.json")));
        Assert.DoesNotContain('\u001b', run.Output);
    }
}
