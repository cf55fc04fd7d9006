using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Samples.Examples;

/// <summary>ML.NET's own cross-validation with a network in the pipeline.</summary>
internal static class CrossValidationExample
{
    public static void Run()
    {
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromTextFile<Tumour>(SampleData.Path("breast-cancer.csv"), separatorChar: ',', hasHeader: true);

        var results = ml.BinaryClassification.CrossValidate(data, ml.BinaryClassification.Trainers.ShallowNetwork(), numberOfFolds: 5);

        foreach (var fold in results)
        {
            CalibratedBinaryClassificationMetrics metrics = fold.Metrics;
            Console.WriteLine($"Fold {fold.Fold}: AUC {metrics.AreaUnderRocCurve:0.0000}, log loss {metrics.LogLoss:0.0000} bits");
        }

        Console.WriteLine($"Mean AUC {results.Average(fold => fold.Metrics.AreaUnderRocCurve):0.0000}");
    }
}
