using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;
using Xunit;

namespace MlNetShallowNet.Tests.Explain;

public class GradientCheckTests
{
    public static TheoryData<string> Activations => [.. Activation.BuiltIn.Select(a => a.Name)];

    [Theory]
    [MemberData(nameof(Activations))]
    public void The_textbook_gradient_agrees_in_every_block(string activation)
    {
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y) = RandomNetworks.Draw(Activation.ByName(activation));
        GradientCheckResult check = GradientCheck.Run(network, X, Y);
        Assert.Equal(["W1", "b1", "W2", "b2"], check.Blocks.Select(b => b.Name));
        Assert.All(check.Blocks, b => Assert.Equal(GradientVerdict.Agrees, b.Verdict));
        Assert.All(check.Blocks, b => Assert.True(b.RelativeError < 1e-9, $"{b.Name}: {b.RelativeError}"));
        Assert.True(check.Agrees);
        Assert.Equal(0, check.Blocks.Sum(b => b.EntriesAtKinks));
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Example_weights_and_the_penalty_are_part_of_the_cost(string activation)
    {
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y) = RandomNetworks.Draw(Activation.ByName(activation), seed: 2);
        Vector<double> weights = Vector<double>.Build.Dense(X.ColumnCount, i => i % 4);
        GradientCheckResult check = GradientCheck.Run(network, X, Y, weights, l2: 0.3);
        Assert.All(check.Blocks, b => Assert.True(b.RelativeError < 1e-9, $"{b.Name}: {b.RelativeError}"));
        ForwardPass forward = TextbookNetwork.Forward(network, X);
        GradientCheckResult without = GradientCheck.Run(
            network, X, Y, weights, 0.3, TextbookNetwork.Backward(network, X, Y, forward, weights));
        Assert.Equal(["W1", "W2"], Differing(without));
        GradientCheckResult unweighted = GradientCheck.Run(network, X, Y, weights, 0, TextbookNetwork.Backward(network, X, Y, forward));
        Assert.Equal(["W1", "b1", "W2", "b2"], Differing(unweighted));
    }

    [Theory]
    [InlineData(1e4)]
    [InlineData(1e-4)]
    public void Features_of_any_size_are_checked_as_well(double size)
    {
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y) = RandomNetworks.Draw(Activation.Tanh);
        // The same network in other units.
        var scaled = new NetworkParameters(network.W1 / size, network.B1, network.W2, network.B2, network.Activation);
        GradientCheckResult check = GradientCheck.Run(scaled, X * size, Y);
        Assert.All(check.Blocks, b => Assert.True(b.RelativeError < 1e-9, $"{b.Name}: {b.RelativeError}"));
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Inputs_in_millions_that_nobody_scaled_are_checked_as_well(string activation)
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            (NetworkParameters network, Matrix<double> X, Matrix<double> Y) = RandomNetworks.Draw(Activation.ByName(activation), seed: seed);
            X.SetRow(0, X.Row(0) * 1e6);
            X.SetRow(1, X.Row(1) * 1e-3);
            GradientCheckResult check = GradientCheck.Run(network, X, Y, l2: seed % 2 * 0.1);
            Assert.All(check.Blocks, b => Assert.True(b.RelativeError < 1e-9, $"{b.Name}: {b.RelativeError}"));
        }
    }

    [Fact]
    public void A_gradient_that_is_zero_but_for_rounding_agrees_with_a_measured_zero()
    {
        // Two opposite examples of opposite labels: tanh and both errors are odd, so the biases' derivatives cancel.
        Matrix<double> X = Matrix<double>.Build.DenseOfColumnArrays([0.7, -1.1], [-0.7, 1.1]);
        Matrix<double> Y = Matrix<double>.Build.DenseOfRowArrays([1.0, 0]);
        NetworkParameters network = NetworkInitializer.Draw(2, 3, Activation.Tanh, WeightInitialization.Xavier, 5);
        BackwardPass gradient = TextbookNetwork.Backward(network, X, Y, TextbookNetwork.Forward(network, X));
        foreach (double rounding in (double[])[0, 1e-17, -6e-17])
        {
            GradientCheckResult check = GradientCheck.Run(network, X, Y, gradient: gradient with { db2 = rounding });
            Assert.All(check.Blocks, b => Assert.True(b.RelativeError < GradientCheck.Tolerance, $"{b.Name}: {b.RelativeError}"));
            Assert.True(check.Agrees);
        }

        Assert.Equal(["b2"], Differing(GradientCheck.Run(network, X, Y, gradient: gradient with { db2 = 1e-9 })));
    }

    [Fact]
    public void A_trained_network_whose_gradient_is_small_is_checked_as_well()
    {
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y) = RandomNetworks.Draw(Activation.Tanh);
        for (int step = 0; step < 5000; step++)
            network = network.Descend(TextbookNetwork.Backward(network, X, Y, TextbookNetwork.Forward(network, X), l2: 0.03), 0.3);
        GradientCheckResult check = GradientCheck.Run(network, X, Y, l2: 0.03);
        Assert.True(check["W1"].AnalyticNorm < 1e-4, $"{check["W1"].AnalyticNorm}");
        Assert.All(check.Blocks, b => Assert.True(b.RelativeError < GradientCheck.Tolerance, $"{b.Name}: {b.RelativeError}"));
    }

    [Theory]
    [InlineData(GradientMistake.Transpose, "W1 b1")]
    [InlineData(GradientMistake.Mean, "W1 b1 W2 b2")]
    [InlineData(GradientMistake.Activation, "W1 b1")]
    [InlineData(GradientMistake.Sum, "b1 b2")]
    public void Each_mistake_is_found_in_the_blocks_that_it_spoils(GradientMistake mistake, string blocks)
    {
        foreach (IActivation activation in Activation.BuiltIn)
        {
            (NetworkParameters network, Matrix<double> X, Matrix<double> Y) = RandomNetworks.Draw(activation);
            GradientCheckResult check = GradientCheck.Run(network, X, Y, gradient: MistakenBackward.Run(mistake, network, X, Y));
            Assert.Equal(blocks.Split(' '), Differing(check));
            Assert.False(check.Agrees);
        }
    }

    [Fact]
    public void A_forgotten_mean_is_m_times_too_long_and_points_the_right_way()
    {
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y) = RandomNetworks.Draw(Activation.Tanh);
        GradientCheckResult check = GradientCheck.Run(network, X, Y, gradient: MistakenBackward.Run(GradientMistake.Mean, network, X, Y));
        Assert.All(check.Blocks, b => Assert.Equal(X.ColumnCount, b.AnalyticNorm / b.NumericalNorm, 1e-7 * X.ColumnCount));
        Assert.All(check.Blocks, b => Assert.Equal(1, b.Cosine, 1e-12));
    }

    [Fact]
    public void An_entry_whose_step_crosses_the_kink_of_a_relu_is_counted_and_left_out()
    {
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y) = RandomNetworks.Draw(Activation.ReLU, features: 2);
        // Unit 1 gets z = 0 in the first example. It moves with the bias and with the weight of feature 0, but not with that of feature 1.
        X[1, 0] = 0;
        network.B1[1] = -network.W1[1, 0] * X[0, 0];
        GradientCheckResult check = GradientCheck.Run(network, X, Y);
        Assert.Equal([1, 1, 0, 0], check.Blocks.Select(b => b.EntriesAtKinks));
        Assert.False(check["W1"].IsCompared(1, 0));
        Assert.True(check["W1"].IsCompared(1, 1));
        Assert.True(check.Agrees);
        Assert.All(check.Blocks, b => Assert.True(b.RelativeError < 1e-9, $"{b.Name}: {b.RelativeError}"));
    }

    [Fact]
    public void A_relu_network_that_starts_from_zeros_stands_at_the_kink_everywhere()
    {
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y) = RandomNetworks.Draw(Activation.ReLU);
        var zeros = new NetworkParameters(network.W1 * 0, network.B1 * 0, network.W2, 0, Activation.ReLU);
        GradientCheckResult check = GradientCheck.Run(zeros, X, Y);
        Assert.Equal(GradientVerdict.AtKink, check["W1"].Verdict);
        Assert.Equal(GradientVerdict.AtKink, check["b1"].Verdict);
        Assert.Equal(GradientVerdict.Agrees, check["b2"].Verdict);
    }

    [Fact]
    public void A_saturated_network_has_gradients_below_what_rounding_can_show()
    {
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y) = RandomNetworks.Draw(Activation.Tanh);
        var saturated = new NetworkParameters(network.W1, network.B1 + 50, network.W2, network.B2, Activation.Tanh);
        Assert.Equal(GradientVerdict.Agrees, GradientCheck.Run(saturated, X, Y)["W1"].Verdict);
    }

    [Fact]
    public void A_users_own_activation_is_checked_without_being_told_where_its_kinks_are()
    {
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y) = RandomNetworks.Draw(new HardTanh());
        GradientCheckResult check = GradientCheck.Run(network, X, Y);
        Assert.All(check.Blocks, b => Assert.True(b.RelativeError < 1e-9, $"{b.Name}: {b.RelativeError}"));
        (network, X, Y) = RandomNetworks.Draw(new WrongSlope());
        Assert.Equal(["W1", "b1"], Differing(GradientCheck.Run(network, X, Y)));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y) = RandomNetworks.Draw(Activation.Tanh);
        string Message(Matrix<double> x, Matrix<double> y, Vector<double>? weights = null) =>
            Assert.Throws<ArgumentException>(() => GradientCheck.Run(network, x, y, weights)).Message;
        Assert.Contains("4 rows", Message(X.InsertRow(0, X.Row(0)), Y));
        Assert.Contains("1 x 25", Message(X, Y.RemoveColumn(0)));
        Assert.Contains("25 weights; there are 3", Message(X, Y, Vector<double>.Build.Dense(3)));
        Assert.Contains("all are zero", Message(X, Y, Vector<double>.Build.Dense(25)));
        Assert.Throws<ArgumentException>(() => GradientCheck.Run(network, X, Y)["W3"]);
    }

    [Fact]
    public void A_mistake_that_would_change_nothing_says_so()
    {
        (NetworkParameters one, Matrix<double> X, Matrix<double> Y) = RandomNetworks.Draw(Activation.Tanh, hiddenUnits: 1);
        Assert.Throws<ArgumentException>(() => MistakenBackward.Run(GradientMistake.Transpose, one, X, Y));
        (NetworkParameters network, X, Y) = RandomNetworks.Draw(Activation.Tanh, examples: 1);
        Assert.Throws<ArgumentException>(() => MistakenBackward.Run(GradientMistake.Mean, network, X, Y));
        Assert.Throws<ArgumentException>(() => MistakenBackward.Run(GradientMistake.Sum, network, X, Y));
    }

    private static string[] Differing(GradientCheckResult check) =>
        [.. check.Blocks.Where(b => b.Verdict == GradientVerdict.Differs).Select(b => b.Name)];

    private sealed class HardTanh : IActivation
    {
        public string Name => "hard-tanh";

        public double Value(double z) => Math.Clamp(z, -1, 1);

        public double Derivative(double z) => Math.Abs(z) < 1 ? 1 : 0;
    }

    private sealed class WrongSlope : IActivation
    {
        public string Name => "wrong";

        public double Value(double z) => Math.Sin(z);

        public double Derivative(double z) => Math.Cos(z) + 1e-5;
    }
}
