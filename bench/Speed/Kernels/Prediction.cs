using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Bench.Kernels;

/// <summary>
/// <c>PredictionEngine.Predict</c> on 30 features by 16 hidden units, as trained and as loaded from a file, beside an in-box logistic
/// regression.
/// </summary>
internal static class Prediction
{
    private sealed class Row
    {
        public bool Label { get; set; }

        [VectorType(30)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Result
    {
        public bool PredictedLabel { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }
    }

    public static void Run()
    {
        var ml = new MLContext(seed: 1);
        var random = new Random(1);
        Row[] rows = [.. Enumerable.Range(0, 500).Select(_ => NewRow())];
        IDataView data = ml.Data.LoadFromEnumerable(rows);
        ShallowNetworkTransformer trained = ml.BinaryClassification.Trainers.ShallowNetwork(hiddenUnits: 16, numberOfIterations: 5).Fit(data);
        using var file = new MemoryStream();
        ml.Model.Save(trained, data.Schema, file);
        file.Position = 0;
        ITransformer loaded = ml.Model.Load(file, out _);

        var engines = new List<(string Name, PredictionEngine<Row, Result> Engine)>();
        engines.Add(("in-box logistic regression", Engine(ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(data))));
        engines.Add(("network as trained", Engine(trained)));
        engines.Add(("network as loaded", Engine(loaded)));
        var best = new double[engines.Count];
        Array.Fill(best, double.MaxValue);
        for (int round = 0; round < 400; round++)
        {
            for (int i = 0; i < engines.Count; i++)
                best[i] = Math.Min(best[i], Time(engines[i].Engine));
        }
        Console.WriteLine("| PredictionEngine.Predict | ns | relative |");
        Console.WriteLine("|-|-|-|");
        for (int i = 0; i < engines.Count; i++)
            Console.WriteLine($"| {engines[i].Name} | {best[i] * 1e9:F0} | {best[i] / best[0]:F2} |");

        PredictionEngine<Row, Result> Engine(ITransformer model) => ml.Model.CreatePredictionEngine<Row, Result>(model);
        Row NewRow()
        {
            float[] features = [.. Enumerable.Range(0, 30).Select(_ => random.NextSingle() - 0.5f)];
            return new Row { Features = features, Label = features[0] + features[1] * features[2] > 0 };
        }
        double Time(PredictionEngine<Row, Result> engine)
        {
            const int times = 5_000;
            var result = new Result();
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < times; i++)
                engine.Predict(rows[i % rows.Length], ref result);
            return Stopwatch.GetElapsedTime(start).TotalSeconds / times;
        }
    }
}
