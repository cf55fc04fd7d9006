using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Samples.Examples;

/// <summary>A network as the last step of an ML.NET pipeline: load, split, fit, evaluate.</summary>
internal static class PipelineExample
{
    public static void Run()
    {
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromTextFile<Tumour>(SampleData.Path("breast-cancer.csv"), separatorChar: ',', hasHeader: true);
        var split = ml.Data.TrainTestSplit(data, testFraction: 0.2);

        var pipeline = ml.Transforms.NormalizeMinMax("Features")
            .Append(ml.BinaryClassification.Trainers.ShallowNetwork("Label", "Features", hiddenUnits: 16));
        var model = pipeline.Fit(split.TrainSet);

        BinaryClassificationMetrics metrics = ml.BinaryClassification.Evaluate(model.Transform(split.TestSet));
        Console.WriteLine($"AUC {metrics.AreaUnderRocCurve:0.0000}, accuracy {metrics.Accuracy:0.0000}");
    }
}
