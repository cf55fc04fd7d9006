using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Examples;

/// <summary>Save a model, load it as another program would, and score single rows with a PredictionEngine.</summary>
internal static class PredictionEngineExample
{
    /// <summary>A row of data/planar-flower.csv.</summary>
    public sealed class Point
    {
        [LoadColumn(0, 1), VectorType(2)]
        public float[] Features { get; set; } = [];

        [LoadColumn(2)]
        public bool Label { get; set; }
    }

    public static void Run()
    {
        string path = Path.Combine(Path.GetTempPath(), $"flower-{Guid.NewGuid():N}.zip");
        try
        {
            var ml = new MLContext(seed: 1);
            IDataView data = ml.Data.LoadFromTextFile<Point>(SampleData.Path("planar-flower.csv"), separatorChar: ',', hasHeader: true);
            ITransformer model = ml.BinaryClassification.Trainers.ShallowNetwork(hiddenUnits: 16).Fit(data);
            ml.Model.Save(model, data.Schema, path);

            ITransformer loaded = new MLContext().Model.Load(path, out DataViewSchema schema);
            using var engine = ml.Model.CreatePredictionEngine<Point, Prediction>(loaded, schema);
            foreach (float[] features in (float[][])[[1.2f, 3.6f], [-1.2f, 3.6f], [3.0f, -1.5f]])
            {
                Prediction prediction = engine.Predict(new Point { Features = features });
                string point = string.Join(", ", features);
                Console.WriteLine($"({point}): {prediction.PredictedLabel}, probability {prediction.Probability:0.000}");
            }
        }
        finally
        {
            File.Delete(path);
        }
    }
}
