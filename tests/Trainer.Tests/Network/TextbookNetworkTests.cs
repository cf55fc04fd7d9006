using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;
using Xunit;

namespace MlNetShallowNet.Tests.Network;

/// <summary>The textbook network against NumPy.</summary>
public class TextbookNetworkTests
{
    // Two double-precision programs that sum at most a few hundred products in different orders differ by a few hundred roundings.
    private const double Tolerance = 500 * 2.2e-16;

    private static void AssertClose(Matrix<double> expected, Matrix<double> actual, double tolerance = Tolerance)
    {
        Assert.Equal((expected.RowCount, expected.ColumnCount), (actual.RowCount, actual.ColumnCount));
        Assert.InRange((expected - actual).L2Norm(), 0, tolerance * Math.Max(1, expected.L2Norm()));
    }

    [Theory]
    [MemberData(nameof(CourseOracle.Numbers), MemberType = typeof(CourseOracle))]
    public void EverySymbolOfBothPassesIsNumPys(int number)
    {
        CourseOracle oracle = CourseOracle.Number(number);
        NetworkParameters network = oracle.Start;
        ForwardPass forward = TextbookNetwork.Forward(network, oracle.X);
        BackwardPass backward = TextbookNetwork.Backward(network, oracle.X, oracle.Y, forward, oracle.Weights, oracle.L2);
        AssertClose(oracle.Pass("Z1"), forward.Z1);
        AssertClose(oracle.Pass("A1"), forward.A1);
        AssertClose(oracle.Pass("Z2"), forward.Z2);
        AssertClose(oracle.Pass("A2"), forward.A2);
        AssertClose(oracle.Pass("dZ2"), backward.dZ2);
        AssertClose(oracle.Pass("dW2"), backward.dW2);
        Assert.Equal(oracle.Pass("db2")[0, 0], backward.db2, Tolerance);
        AssertClose(oracle.Pass("dA1"), network.W2.Transpose() * backward.dZ2);
        AssertClose(oracle.Pass("dZ1"), backward.dZ1);
        AssertClose(oracle.Pass("dW1"), backward.dW1);
        AssertClose(oracle.Pass("db1"), backward.db1.ToColumnMatrix());
        Assert.Equal(oracle.J, TextbookNetwork.Cost(network, oracle.X, oracle.Y, oracle.Weights, oracle.L2), Tolerance);
    }

    [Theory]
    [MemberData(nameof(CourseOracle.Numbers), MemberType = typeof(CourseOracle))]
    public void GradientDescentArrivesWhereNumPyDoes(int number)
    {
        CourseOracle oracle = CourseOracle.Number(number);
        NetworkParameters network = oracle.Start;
        for (int step = 0; step < oracle.Steps; step++)
        {
            ForwardPass forward = TextbookNetwork.Forward(network, oracle.X);
            network = network.Descend(TextbookNetwork.Backward(network, oracle.X, oracle.Y, forward, oracle.Weights, oracle.L2), oracle.Rate);
        }

        double tolerance = Tolerance * oracle.Steps;
        AssertClose(oracle.End.W1, network.W1, tolerance);
        AssertClose(oracle.End.B1.ToColumnMatrix(), network.B1.ToColumnMatrix(), tolerance);
        AssertClose(oracle.End.W2, network.W2, tolerance);
        Assert.Equal(oracle.End.B2, network.B2, tolerance);
    }

    [Fact]
    public void LossesStayFiniteWhereTheUnsimplifiedFormulaOverflows()
    {
        Matrix<double> w1 = Matrix<double>.Build.Dense(1, 1, 1), w2 = Matrix<double>.Build.Dense(1, 1, 1000);
        var network = new NetworkParameters(w1, Vector<double>.Build.Dense(1), w2, 0, Activation.Identity);
        Matrix<double> X = Matrix<double>.Build.DenseOfRowArrays([5.0, -5.0]), Y = Matrix<double>.Build.DenseOfRowArrays([0.0, 0.0]);
        Matrix<double> losses = TextbookNetwork.Losses(TextbookNetwork.Forward(network, X), Y);
        Assert.Equal([5000, 0], losses.Row(0));
    }

    [Fact]
    public void ShapesThatDoNotFitAreNamed()
    {
        Matrix<double> w1 = Matrix<double>.Build.Dense(3, 2), w2 = Matrix<double>.Build.Dense(1, 4);
        ArgumentException error = Assert.Throws<ArgumentException>(() => new NetworkParameters(w1, Vector<double>.Build.Dense(3), w2, 0, Activation.Tanh));
        Assert.Contains("W2 is 1 x 4", error.Message);
        NetworkParameters network = NetworkInitializer.Draw(2, 3, Activation.Tanh, WeightInitialization.Auto, 1);
        Assert.Contains("2 x m", Assert.Throws<ArgumentException>(() => TextbookNetwork.Forward(network, Matrix<double>.Build.Dense(5, 1))).Message);
    }
}
