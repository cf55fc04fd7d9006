using Microsoft.ML;

namespace MlNetShallowNet.Samples.Examples;

/// <summary>Which features matter: how much the AUC falls when one feature's values are shuffled among the rows.</summary>
internal static class PermutationFeatureImportanceExample
{
    public static void Run()
    {
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromTextFile<Tumour>(SampleData.Path("breast-cancer.csv"), separatorChar: ',', hasHeader: true);
        var network = ml.BinaryClassification.Trainers.ShallowNetwork().Fit(data);

        var importances = ml.BinaryClassification.PermutationFeatureImportance(network, network.Transform(data), permutationCount: 3);

        string[] names = File.ReadLines(SampleData.Path("breast-cancer.csv")).First().Split(',');
        var falls = importances.Select((metrics, feature) => (Name: names[feature], Fall: -metrics.AreaUnderRocCurve.Mean));
        foreach (var (name, fall) in falls.OrderByDescending(feature => feature.Fall).Take(5))
            Console.WriteLine($"{name}: AUC falls by {fall:0.00000}");
    }
}
