using Microsoft.ML;

namespace MlNetShallowNet.Samples.Examples;

/// <summary>New rows have come: load the saved network and go on from it on those rows, in a few epochs.</summary>
internal static class RetrainingExample
{
    public static void Run()
    {
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromTextFile<Tumour>(SampleData.Path("breast-cancer.csv"), separatorChar: ',', hasHeader: true);
        var split = ml.Data.TrainTestSplit(data, testFraction: 0.3);
        var rows = ml.Data.TrainTestSplit(split.TrainSet, testFraction: 0.7);
        (IDataView early, IDataView late) = (rows.TrainSet, rows.TestSet);

        using var file = new MemoryStream();
        ml.Model.Save(ml.BinaryClassification.Trainers.ShallowNetwork().Fit(early), data.Schema, file);

        ShallowNetworkTransformer before = ml.Model.LoadShallowNetwork(file, out _);
        var options = new ShallowNetworkTrainer.Options { InitialModel = before.Model, NumberOfIterations = 5 };
        ShallowNetworkTransformer after = ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(late);

        Console.WriteLine($"Before, {before.Model.HiddenUnits} hidden units: log loss {LogLoss(before):0.0000} bits on rows held out");
        Console.WriteLine($"After, {after.Model.HiddenUnits} hidden units: log loss {LogLoss(after):0.0000} bits");

        double LogLoss(ShallowNetworkTransformer network) => ml.BinaryClassification.Evaluate(network.Transform(split.TestSet)).LogLoss;
    }
}
