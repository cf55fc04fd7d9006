using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Engine;

/// <summary>Scores, loss and gradient of the engine against the textbook, within what rounding allows.</summary>
public class EngineAgainstTextbookTests
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 2, 3, 1 }, { 7, 1, 3 }, { 33, 2, 4 }, { 50, 5, 17 }, { 97, 30, 16 }, { 100, 13, 8 }, { 61, 29, 33 },
        { 300, 70, 20 }, { 25, 150, 48 }, { 130, 7, 100 },
    };

    public static TheoryData<string> Names => [.. Activation.BuiltIn.Select(a => a.Name)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void AnyShapeOnAnyVectors(int m, int d, int h)
    {
        foreach (int lanes in EngineCalls.Lanes)
        {
            foreach (bool sparse in new[] { false, true })
                Check(new EngineProblem(m, d, h, Activation.Tanh, sparse), l2: 0, lanes);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AnyActivation(string name)
    {
        foreach (int lanes in EngineCalls.Lanes)
        {
            foreach (bool sparse in new[] { false, true })
                Check(new EngineProblem(45, 11, 21, Activation.ByName(name), sparse, weighted: true, seed: 3), l2: 0.01f, lanes);
        }
    }

    [Fact]
    public void AUsersOwnActivation()
    {
        foreach (int lanes in EngineCalls.Lanes)
            Check(new EngineProblem(45, 11, 21, new Sine(), weighted: true), l2: 0.01f, lanes);
    }

    [Fact]
    public void AUsersOwnActivationWithoutAValueAtZero() =>
        Check(new EngineProblem(45, 3, 5, new SineCardinal()), l2: 0, lanes: 0);

    [Fact]
    public void BatchesOfMoreRowsThanAChunkHolds()
    {
        var problem = new EngineProblem(1000, 6, 9, Activation.Sigmoid, weighted: true);
        Check(problem, l2: 0.1f, lanes: 0, batch: 64);
        Check(new EngineProblem(1000, 6, 9, Activation.Sigmoid, sparse: true, weighted: true), l2: 0.1f, lanes: 0, batch: 64);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    public void GroupsOfRowsSharedByThreads(int threads) =>
        Check(new EngineProblem(1500, 20, 40, Activation.Tanh, weighted: true), l2: 0.1f, lanes: 0, batch: 600, threads);

    [Fact]
    public void ABatchIsTheRowsItLists()
    {
        foreach (bool sparse in new[] { false, true })
        {
            var problem = new EngineProblem(80, 9, 12, Activation.Tanh, sparse, weighted: true);
            int[] batch = [79, 3, 3, 50, 0, 22, 41];
            var chosen = new EngineProblemPart(problem, batch);
            using TrainingEngine engine = problem.Engine();
            var gradient = new float[engine.Layout.Count];
            BatchLoss loss = engine.Gradient(problem.Rows, batch, gradient);
            Compare(problem.Network, chosen.X, chosen.Y, chosen.Weights, 0, engine, gradient, loss);
        }
    }

    [Fact]
    public void AGradientDescentStepIsTheTextbooks()
    {
        var problem = new EngineProblem(60, 7, 10, Activation.Tanh, weighted: true);
        using TrainingEngine engine = problem.Engine();
        engine.L2 = 0.05f;
        var gradient = new float[engine.Layout.Count];
        engine.Gradient(problem.Rows, gradient);
        float[] before = engine.Parameters.ToArray();
        engine.Step(problem.Rows, new GradientDescent(0.5f));
        for (int i = 0; i < before.Length; i++)
            Assert.Equal(before[i] - 0.5 * gradient[i], engine.Parameters[i], 1e-6 * (Math.Abs(before[i]) + Math.Abs(gradient[i])));
    }

    [Fact]
    public void WeightsThatAddUpToNothingChangeNothing()
    {
        var problem = new EngineProblem(10, 3, 4, Activation.Tanh);
        var rows = new DenseRows(3, problem.Dense.Values, problem.Dense.Labels, new float[10]);
        using TrainingEngine engine = problem.Engine();
        float[] before = engine.Parameters.ToArray();
        Assert.Equal(0, engine.Step(rows, new Adam(0.1f)).Weight);
        Assert.Equal(before, engine.Parameters.ToArray());
    }

    [Fact]
    public void RowsOfAnotherLengthAreRefused()
    {
        var problem = new EngineProblem(10, 3, 4, Activation.Tanh);
        using var engine = new TrainingEngine(5, 4, Activation.Tanh, 10, 1);
        Assert.Contains("3 columns", Assert.Throws<ArgumentException>(() => engine.Loss(problem.Rows)).Message);
        using TrainingEngine fitting = problem.Engine();
        Assert.Throws<ArgumentOutOfRangeException>(() => fitting.Loss(problem.Rows, (int[])[10]));
    }

    private static void Check(EngineProblem problem, float l2, int lanes, int batch = 64, int threads = 1)
    {
        using TrainingEngine engine = problem.Engine(batch, threads, lanes);
        engine.L2 = l2;
        var gradient = new float[engine.Layout.Count];
        BatchLoss loss = engine.Gradient(problem.Rows, gradient);
        Compare(problem.Network, problem.X, problem.Y, problem.Weights, l2, engine, gradient, loss);

        float[] scores = engine.Scores(problem.Rows);
        var bounds = new RoundingBounds(problem.Network, problem.X, problem.Y, problem.Weights, l2);
        Matrix<double> z2 = TextbookNetwork.Forward(problem.Network, problem.X).Z2;
        for (int i = 0; i < scores.Length; i++)
            Assert.InRange(scores[i], z2[0, i] - bounds.Z2[0, i], z2[0, i] + bounds.Z2[0, i]);
        BatchLoss evaluated = engine.Loss(problem.Rows);
        Assert.Equal(loss, evaluated);
    }

    private static void Compare(
        NetworkParameters network, Matrix<double> X, Matrix<double> Y, Vector<double>? weights, double l2,
        TrainingEngine engine, float[] gradient, BatchLoss loss)
    {
        var bounds = new RoundingBounds(network, X, Y, weights, l2);
        ForwardPass forward = TextbookNetwork.Forward(network, X);
        BackwardPass expected = TextbookNetwork.Backward(network, X, Y, forward, weights, l2);
        int D = network.FeatureCount, H = network.HiddenUnits;
        NetworkParameters found = engine.Layout.ToNetwork(gradient, network.Activation);
        for (int h = 0; h < H; h++)
        {
            for (int d = 0; d < D; d++)
                AssertWithin(expected.dW1[h, d], found.W1[h, d], bounds.DW1[h, d], $"dW1[{h},{d}]");
            AssertWithin(expected.db1[h], found.B1[h], bounds.DB1[h], $"db1[{h}]");
            AssertWithin(expected.dW2[0, h], found.W2[0, h], bounds.DW2[0, h], $"dW2[{h}]");
        }
        AssertWithin(expected.db2, found.B2, bounds.DB2, "db2");
        AssertWithin(TextbookNetwork.Cost(network, X, Y, weights), loss.Mean, bounds.J, "J");
        // Padded lanes have no gradient, so they stay zero.
        float[] roundTrip = new float[gradient.Length];
        engine.Layout.Pack(found, roundTrip);
        Assert.Equal(gradient, roundTrip);
    }

    private static void AssertWithin(double expected, double actual, double bound, string what) =>
        Assert.True(Math.Abs(expected - actual) <= bound, $"{what} is {actual}, not {expected} ± {bound}.");

    private sealed class Sine : IActivation
    {
        public string Name => "sine";

        public double Value(double z) => Math.Sin(z);

        public double Derivative(double z) => Math.Cos(z);
    }

    // sin z / z without the care that z = 0 needs.
    private sealed class SineCardinal : IActivation
    {
        public string Name => "sinc";

        public double Value(double z) => Math.Sin(z) / z;

        public double Derivative(double z) => (z * Math.Cos(z) - Math.Sin(z)) / (z * z);
    }

    private sealed class EngineProblemPart(EngineProblem problem, int[] rows)
    {
        public Matrix<double> X { get; } = Matrix<double>.Build.DenseOfColumnVectors(rows.Select(i => problem.X.Column(i)));

        public Matrix<double> Y { get; } = Matrix<double>.Build.DenseOfColumnVectors(rows.Select(i => problem.Y.Column(i)));

        public Vector<double>? Weights { get; } =
            problem.Weights is { } w ? Vector<double>.Build.DenseOfEnumerable(rows.Select(i => w[i])) : null;
    }
}
