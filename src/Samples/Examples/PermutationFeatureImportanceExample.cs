using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Samples.Examples;

/// <summary>Which features matter: how much the AUC on fresh rows falls when one feature's values are shuffled among them.</summary>
internal static class PermutationFeatureImportanceExample
{
    public static void Run()
    {
        var ml = new MLContext(seed: 1);
        var file = new MultiFileSource(SampleData.Path("breast-cancer.csv"));
        TextLoader.Column[] columns = [new("Features", DataKind.Single, 0, 29), new("Label", DataKind.Boolean, 30)];
        // Only a loader that may look into the file knows the names in its header.
        IDataView data = ml.Data.CreateTextLoader(columns, separatorChar: ',', hasHeader: true, dataSample: file).Load(file);
        var split = ml.Data.TrainTestSplit(data, testFraction: 0.5);
        var model = ml.BinaryClassification.Trainers.ShallowNetwork().Fit(split.TrainSet);

        var changes = ml.BinaryClassification.PermutationFeatureImportanceBySlot(model, split.TestSet, permutationCount: 3);

        foreach (var (name, change) in changes.OrderBy(feature => feature.Value.AreaUnderRocCurve.Mean).Take(5))
            Console.WriteLine($"{name}: AUC falls by {-change.AreaUnderRocCurve.Mean:0.00000} ± {change.AreaUnderRocCurve.StandardError:0.00000}");
    }
}
