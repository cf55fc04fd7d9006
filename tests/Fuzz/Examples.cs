using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Fuzz;

/// <summary>Small trained networks of several kinds, to alter.</summary>
internal static class Examples
{
    public sealed class Row
    {
        public bool Label { get; set; }

        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }

    public static MLContext Ml { get; } = new(1);

    public static IDataView Rows { get; } = Ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Row
    {
        Label = i % 13 > 6,
        Features = [i % 13 - 6, i * 7 % 10, i % 2],
    }).ToArray());

    public static IReadOnlyList<ShallowNetworkTransformer> Networks { get; } =
    [
        Train(new() { HiddenUnits = 3, Members = 1, NumberOfIterations = 2, FeatureEncoding = FeatureEncoding.None }),
        Train(new() { HiddenUnits = 6, Members = 2, NumberOfIterations = 3 }),
        Train(new() { HiddenUnits = 2, Solver = Solver.Lbfgs, Activation = Activation.Tanh, NumberOfIterations = 3 }),
    ];

    public static ShallowNetworkTransformer Train(ShallowNetworkTrainer.Options options)
    {
        options.Seed = 1;
        return Ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(Rows);
    }
}
