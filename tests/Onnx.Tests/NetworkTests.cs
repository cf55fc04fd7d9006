using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.OnnxTests;

/// <summary>The network alone.</summary>
public sealed class NetworkTests
{
    public static TheoryData<string> Activations() => new(Activation.BuiltIn.Select(activation => activation.Name));

    [Fact]
    public void TheDefaultModelIsAlike()
    {
        var ml = new MLContext(1);
        IDataView rows = Rows(ml, 600);
        ShallowNetworkTransformer model = ml.BinaryClassification.Trainers.ShallowNetwork().Fit(rows);
        Assert.NotNull(model.Model.Encoding);
        using OnnxFile file = OnnxFile.Of(model, rows.Schema);
        file.IsLike(model, rows);
        Assert.Equal(["Features"], file.Inputs);
    }

    /// <summary>Steps of many rows: GELU networks, and the leaves of trees as steep units of theirs.</summary>
    [Fact]
    public void TreesBesideNetworksOfManyRowsAreAlike()
    {
        const int count = 11_000, units = 6 * 64;
        var ml = new MLContext(1);
        var random = new Random(3);
        IDataView rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(_ =>
        {
            float[] x = [random.NextSingle(), random.NextSingle(), random.NextSingle(), random.NextSingle()];
            bool isIn = x[0] > 0.43f == x[1] > 0.27f && (int)(9 * x[2]) % 2 == 0;
            return new LabelledFour { Features = x, Label = random.NextSingle() < (isIn ? 0.9 : 0.1) };
        }).ToArray());
        var options = new ShallowNetworkTrainer.Options { NumberOfIterations = 3 };
        ShallowNetworkTransformer model = ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(rows);
        Assert.Equal(Activation.Gelu, model.Model.Activation);
        Assert.True(model.Model.HiddenUnits > units, $"{model.Model.HiddenUnits} hidden units: no trees");
        using OnnxFile file = OnnxFile.Of(model, rows.Schema);
        file.IsLike(model, ml.Data.TakeRows(rows, 1000));
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void EveryActivationIsAlike(string activation)
    {
        var ml = new MLContext(1);
        IDataView rows = Rows(ml, 400);
        var options = new ShallowNetworkTrainer.Options { HiddenUnits = 13, Activation = Activation.ByName(activation), NumberOfIterations = 30 };
        ShallowNetworkTransformer model = ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(rows);
        using OnnxFile file = OnnxFile.Of(model, rows.Schema);
        file.IsLike(model, rows);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.9)]
    public void LabelsFollowTheThreshold(double threshold)
    {
        var ml = new MLContext(1);
        IDataView rows = Rows(ml, 400);
        var options = new ShallowNetworkTrainer.Options { HiddenUnits = 13, NumberOfIterations = 5 };
        ShallowNetworkTransformer model = ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(rows).WithThreshold(threshold);
        using OnnxFile file = OnnxFile.Of(model, rows.Schema);
        file.IsLike(model, rows);
    }

    [Fact]
    public void AnActivationOfTheUsersOwnIsNamed()
    {
        ShallowNetworkTransformer model = new(new ShallowNetworkModelParameters(new Cube(), 1, [1], [0], [1], 0), "Features");
        IDataView rows = Single(new MLContext(0), [1]);
        string message = Assert.Throws<InvalidOperationException>(() => OnnxFile.Of(model, rows.Schema)).Message;
        Assert.Contains("'cube'", message, StringComparison.Ordinal);
        Assert.Contains("softplus", message, StringComparison.Ordinal);
    }

    /// <summary>Features between, on and beyond knots and bounds, infinite, missing, and left out.</summary>
    [Fact]
    public void EveryPlaceOfAnEncodingIsAlike()
    {
        float inf = float.PositiveInfinity;
        float[][] knots = [[-1, 0.5f, 2, 7], [3], [], [0, 1]];
        InputEncoding encoding = new([-inf, -4, -inf, 0.25f], [5, inf, inf, 0.75f], knots, [new FeatureCross(0, 1, 1, 3)]);
        double[] weights = [1, -2, 3, 5, 0.5, 7, -11, .. Enumerable.Range(1, 4 * 3).Select(k => 0.1 * k - 0.6)];
        NetworkParameters network = new(
            Matrix<double>.Build.DenseOfRowArrays(weights, [.. weights.Select(w => 1 - w)]), Vector<double>.Build.Dense([0.25, -1]),
            Matrix<double>.Build.DenseOfRowArrays([1, 2]), 0.125, Activation.Tanh);
        ShallowNetworkTransformer model = new(ShallowNetworkModelParameters.FromNetworkParameters(network, encoding), "Features");
        float[] values = [-inf, -9, -1, -0.5f, 0, 0.25f, 0.5f, 0.6f, 1, 2, 3, 6.5f, 7, 8, inf, float.NaN];
        var ml = new MLContext(0);
        IDataView rows = ml.Data.LoadFromEnumerable(values.SelectMany(v => Enumerable.Range(0, 4).Select(d => new Four { Features = At(d, v) })));
        using OnnxFile file = OnnxFile.Of(model, rows.Schema);
        file.IsLike(model, rows);

        static float[] At(int d, float value)
        {
            float[] features = [0.3f, 0.3f, 0.3f, 0.3f];
            features[d] = value;
            return features;
        }
    }

    [Fact]
    public void SparseRowsAreAlike()
    {
        var ml = new MLContext(1);
        IDataView rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(i => new Sparse
        {
            Features = new VBuffer<float>(20, 2, [1, i % 7, 0], [i % 5 + 2, 7 + i % 11, 0]),
            Label = i % 7 > i % 5,
        }).ToList());
        ShallowNetworkTransformer model = ml.BinaryClassification.Trainers.ShallowNetwork(ShallowNetworkTrainer.Options.Fast()).Fit(rows);
        using OnnxFile file = OnnxFile.Of(model, rows.Schema);
        file.IsLike(model, rows);
    }

    private static IDataView Single(MLContext ml, float[] features) => ml.Data.LoadFromEnumerable([new One { Features = features }]);

    private static IDataView Rows(MLContext ml, int count)
    {
        var random = new Random(1);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(_ =>
        {
            float[] x = [.. Enumerable.Range(0, 5).Select(_ => 3 * random.NextSingle() - 1)];
            return new Row { Features = x, Label = x[0] * x[1] + MathF.Sin(4 * x[2]) > random.NextSingle() };
        }).ToList());
    }

    private sealed class Row
    {
        [VectorType(5)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    private sealed class One
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];
    }

    private sealed class LabelledFour
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    private sealed class Four
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Sparse
    {
        [VectorType(20)]
        public VBuffer<float> Features { get; set; }

        public bool Label { get; set; }
    }

    private sealed class Cube : IActivation
    {
        public string Name => "cube";

        public double Value(double z) => z * z * z;

        public double Derivative(double z) => 3 * z * z;
    }
}
