using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Engine;

/// <summary>
/// Encoded rows in the engine against the textbook on their columns: scores, loss, gradient and steps, within what rounding allows.
/// </summary>
public class RampPassTests
{
    private const double U = 5.97e-8;

    public static TheoryData<string> Names => [.. Activation.BuiltIn.Select(a => a.Name)];

    /// <summary>Rows, knots of each feature, other columns, hidden units, rows that the engine is made for.</summary>
    public static TheoryData<int, int[], int, int, int> Shapes => new()
    {
        { 1, [2], 0, 1, 64 },
        { 45, [3, 9, 2, 17], 0, 21, 64 },               // knots only
        { 45, [], 13, 21, 64 },                         // other columns only
        { 45, [5, 4], 30, 21, 64 },                     // both
        { 61, [9, 9, 9], 1, 33, 64 },                   // the last panel narrower, and padded
        { 61, [9, 9, 9], 5, 40, 64 },                   // the last panel narrower
        { 1000, [5, 3], 4, 9, 64 },                     // several chunks
        { 1500, [7, 9, 9, 2], 12, 40, 1500 },           // several shares
        { 700, [.. Enumerable.Repeat(33, 12)], 0, 32, 700 }, // more columns than a group of features holds
        { 300, [300, 2], 3, 5, 300 },                   // a feature of more columns than such a group
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void AnyShapeOnAnyVectors(int m, int[] knots, int others, int h, int batch)
    {
        foreach (int lanes in EngineCalls.Lanes)
            Check(new EncodedProblem(m, knots, others, h, Activation.Tanh, weighted: true), l2: 0.01f, lanes, batch);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AnyActivation(string name)
    {
        foreach (int lanes in EngineCalls.Lanes)
        {
            foreach ((int[] knots, int others) in new (int[], int)[] { ([3, 9, 2], 0), ([], 11), ([4, 6], 11) })
                Check(new EncodedProblem(45, knots, others, 21, Activation.ByName(name), weighted: true, seed: 3), l2: 0.01f, lanes, batch: 64);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void SharesAmongThreads(int threads) =>
        Check(new EncodedProblem(1500, [9, 9, 7, 5], 12, 40, Activation.Tanh, weighted: true), l2: 0.1f, lanes: 0, batch: 600, threads);

    private static void Check(EncodedProblem problem, float l2, int lanes, int batch, int threads = 1)
    {
        using TrainingEngine engine = problem.Engine(batch, threads, lanes);
        engine.L2 = l2;
        var gradient = new float[engine.Layout.Count];
        BatchLoss loss = engine.Gradient(problem.Rows, gradient);

        NetworkParameters network = problem.Network(problem.Theta);
        BackwardPass expected = problem.Gradient(problem.Theta, l2);
        NetworkParameters found = engine.Layout.ToNetwork(gradient, network.Activation);
        (RoundingBounds bounds, Matrix<double> dTheta, Matrix<double> eV) = Bounds(problem, network, l2);
        int H = network.HiddenUnits, T = network.FeatureCount;
        for (int h = 0; h < H; h++)
        {
            for (int t = 0; t < T; t++)
                AssertWithin(expected.dW1[h, t], found.W1[h, t], dTheta[h, t], $"dθ[{h},{t}]");
            AssertWithin(expected.db1[h], found.B1[h], bounds.DB1[h], $"db1[{h}]");
            AssertWithin(expected.dW2[0, h], found.W2[0, h], bounds.DW2[0, h], $"dW2[{h}]");
        }
        AssertWithin(expected.db2, found.B2, bounds.DB2, "db2");
        AssertWithin(TextbookNetwork.Cost(network, problem.X, problem.Y, problem.Weights), loss.Mean, bounds.J, "J");

        float[] scores = engine.Scores(problem.Rows);
        Matrix<double> z2 = TextbookNetwork.Forward(network, problem.X).Z2;
        for (int i = 0; i < scores.Length; i++)
            AssertWithin(z2[0, i], scores[i], bounds.Z2[0, i], $"z2[{i}]");
        Assert.Equal(loss, engine.Loss(problem.Rows));

        // What the engine hands out has V in place of θ; padded lanes stay zero.
        float[] stored = new float[engine.Layout.Count], roundTrip = new float[stored.Length];
        engine.Store(stored);
        NetworkParameters columns = engine.Layout.ToNetwork(stored, network.Activation);
        for (int h = 0; h < H; h++)
        {
            for (int t = 0; t < T; t++)
                AssertWithin(network.W1[h, t], columns.W1[h, t], eV[h, t], $"V[{h},{t}]");
        }
        engine.Layout.Pack(columns, roundTrip);
        Assert.Equal(stored, roundTrip);
        engine.Layout.Pack(found, roundTrip);
        Assert.Equal(gradient, roundTrip);
    }

    // V is a sum of as many products as its feature has knots, and B's entries are a few roundings off: errors of V shift Z1 by at most |X|
    // times them, which the bounds of the textbook take as so many roundings more of its sums. dθ adds up as many columns of dV.
    private static (RoundingBounds Bounds, Matrix<double> DTheta, Matrix<double> V) Bounds(EncodedProblem problem, NetworkParameters network, double l2)
    {
        Matrix<double> absB = AbsoluteSteps(problem);
        int knots = problem.Ramps.Count == 0 ? 0 : Enumerable.Range(0, problem.Ramps.Count).Max(f => problem.Ramps.LastIntervals[f] + 2);
        Matrix<double> eV = problem.Theta.W1.PointwiseAbs() * absB.Transpose() * (2 * knots + 4) * U;
        var bounds = new RoundingBounds(network, problem.X, problem.Y, problem.Weights, 0, eV * problem.X.PointwiseAbs());
        BackwardPass backward = TextbookNetwork.Backward(network, problem.X, problem.Y, TextbookNetwork.Forward(network, problem.X), problem.Weights);
        // The sizes of what dV adds up, not of the sum, in which terms may cancel.
        double total = problem.Weights?.Sum() ?? problem.X.ColumnCount;
        Vector<double> w = problem.Weights ?? Vector<double>.Build.Dense(problem.X.ColumnCount, 1);
        Matrix<double> sizes = backward.dZ1.PointwiseAbs() * Matrix<double>.Build.DiagonalOfDiagonalVector(w / total) * problem.X.PointwiseAbs().Transpose();
        Matrix<double> dTheta = (bounds.DW1 + sizes * (2 * knots + 6) * U) * absB + problem.Theta.W1.PointwiseAbs() * l2 * 3 * U;
        return (bounds, dTheta, eV);
    }

    // The sizes of what stands in B before a ramp's mean is taken off it: 1 and the mean after it.
    private static Matrix<double> AbsoluteSteps(EncodedProblem problem)
    {
        Matrix<double> sizes = problem.B.PointwiseAbs();
        for (int f = 0; f < problem.Ramps.Count; f++)
        {
            int first = problem.Ramps.FirstColumns[f], end = problem.Ramps.FirstColumns[f + 1];
            for (int r = first + 1; r < end; r++)
            {
                for (int k = first; k < end; k++)
                    sizes[k, r] = 2 * problem.Ramps.Scale;
            }
        }
        return sizes;
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(12, false)]
    [InlineData(12, true)]
    public void AStepOfAdamIsThatOfItsFormulaInDoublePrecision(int others, bool decoupled)
    {
        foreach (int lanes in EngineCalls.Lanes)
        {
            var problem = new EncodedProblem(90, [5, 9, 2], others, 11, Activation.Tanh, weighted: true, seed: 6);
            using TrainingEngine engine = problem.Engine(lanes: lanes);
            const float rate = 0.01f, beta1 = 0.9f, beta2 = 0.999f, epsilon = 0.01f, l2 = 0.02f;
            engine.L2 = l2;
            var rule = new Adam(rate, beta1, beta2, epsilon, decoupled);
            const int steps = 4;
            double[] theta = Flat(problem.Theta), first = new double[theta.Length], second = new double[theta.Length];
            int H = problem.Theta.HiddenUnits, T = problem.Theta.FeatureCount;
            for (int t = 1; t <= steps; t++)
            {
                engine.Step(problem.Rows, rule);
                BackwardPass pass = problem.Gradient(Network(theta, problem), decoupled ? 0 : l2);
                double[] gradient = [.. pass.dW1.ToRowMajorArray(), .. pass.db1, .. pass.dW2.ToRowMajorArray(), pass.db2];
                for (int i = 0; i < theta.Length; i++)
                {
                    first[i] = beta1 * first[i] + (1 - beta1) * gradient[i];
                    second[i] = beta2 * second[i] + (1 - beta2) * gradient[i] * gradient[i];
                    bool isWeight = i < H * T || (i >= H * T + H && i < H * T + 2 * H);
                    if (decoupled && isWeight)
                        theta[i] -= rate * l2 * theta[i];
                    theta[i] -= rate * Math.Sqrt(1 - Math.Pow(beta2, t)) / (1 - Math.Pow(beta1, t)) * first[i] / (Math.Sqrt(second[i]) + epsilon);
                }
            }
            double[] found = Flat(engine.Layout.ToNetwork(engine.Parameters, Activation.Tanh));
            // Gradients are off by some 1e-6 (sums of 90 rows); a step moves by rate times the gradient over its root mean square or ε, so by
            // 0.01 × 1e-6 / 0.01 each at most, and rounding of parameters of size 1 comes on top.
            for (int i = 0; i < theta.Length; i++)
                Assert.Equal(theta[i], found[i], steps * (1e-6 + 4 * U));
        }

        static double[] Flat(NetworkParameters n) => [.. n.W1.ToRowMajorArray(), .. n.B1, .. n.W2.ToRowMajorArray(), n.B2];

        static NetworkParameters Network(double[] flat, EncodedProblem problem)
        {
            int H = problem.Theta.HiddenUnits, T = problem.Theta.FeatureCount;
            return new NetworkParameters(
                Matrix<double>.Build.DenseOfRowMajor(H, T, flat[..(H * T)]), Vector<double>.Build.Dense(flat[(H * T)..(H * T + H)]),
                Matrix<double>.Build.DenseOfRowMajor(1, H, flat[(H * T + H)..(H * T + 2 * H)]), flat[^1], problem.Theta.Activation);
        }
    }

    [Fact]
    public void AnotherKindOfRowsIsRefused()
    {
        var problem = new EncodedProblem(10, [3, 4], 2, 5, Activation.Tanh);
        using TrainingEngine engine = problem.Engine();
        var dense = new DenseRows(9, new float[90], new float[10]);
        Assert.Throws<ArgumentException>(() => engine.Loss(dense));
        Assert.Throws<ArgumentException>(() => engine.Loss(EngineProblem.Sparse(9, dense.Values, dense.Labels, null)));
        using var plain = new TrainingEngine(9, 5, Activation.Tanh, 10, 1);
        Assert.Throws<ArgumentException>(() => plain.Loss(problem.Rows));
    }

    private static void AssertWithin(double expected, double actual, double bound, string what) =>
        Assert.True(Math.Abs(expected - actual) <= bound, $"{what} is {actual}, not {expected} ± {bound}.");
}
