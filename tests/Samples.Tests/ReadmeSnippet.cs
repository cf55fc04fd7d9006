using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.SamplesTests;

/// <summary>The README's C#, so that it is compiled and run; <see cref="ReadmeTests"/> compares the two.</summary>
internal static class ReadmeSnippet
{
    public static void Run()
    {
        // README {
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromTextFile("data/breast-cancer.csv", new[]
        {
            new TextLoader.Column("Features", DataKind.Single, 0, 29), new TextLoader.Column("Label", DataKind.Boolean, 30),
        }, separatorChar: ',', hasHeader: true);
        var split = ml.Data.TrainTestSplit(data, testFraction: 0.2);
        var model = ml.BinaryClassification.Trainers.ShallowNetwork(labelColumnName: "Label", featureColumnName: "Features").Fit(split.TrainSet);
        Console.WriteLine(ml.BinaryClassification.Evaluate(model.Transform(split.TestSet)).AreaUnderRocCurve);
        ml.Model.SaveSafely(model, data.Schema, "model.zip");
        // }
    }
}
