using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;
using Xunit;

namespace MlNetShallowNet.Tests.Explain;

public class IntegratedGradientsTests
{
    [Fact]
    public void Contributions_add_up_to_the_difference_of_the_scores()
    {
        foreach (IActivation activation in Activation.BuiltIn)
        {
            (NetworkParameters network, Matrix<double> X, _) = RandomNetworks.Draw(activation, hiddenUnits: 6, features: 5, examples: 1000);
            double[] baseline = [.. X.RowSums() / 1000];
            double atBaseline = Score(network, baseline);
            for (int i = 0; i < 1000; i++)
            {
                double[] x = X.Column(i).ToArray();
                double sum = IntegratedGradients.Attribute(network, x, baseline).Sum();
                Assert.Equal(Score(network, x) - atBaseline, sum, 1e-12); // rounding of numbers of size 10, a few dozen of them
            }
        }
    }

    [Fact]
    public void They_are_the_gradient_averaged_along_the_line_from_the_baseline()
    {
        (NetworkParameters network, Matrix<double> X, _) = RandomNetworks.Draw(Activation.Gelu);
        double[] x = X.Column(0).ToArray(), baseline = X.Column(1).ToArray();
        const int Steps = 2000;
        var sum = new double[3];
        for (int k = 0; k < Steps; k++)
        {
            double t = (k + 0.5) / Steps;
            double[] between = [.. baseline.Zip(x, (b, e) => b + t * (e - b))];
            BackpropagationTrace trace = BackpropagationTrace.Run(network, between, label: false);
            // The backward pass gives dL/dz1 = dz2 * dz2/dz1, so divide by dz2.
            Vector<double> gradient = network.W1.TransposeThisAndMultiply(trace["dZ1"].Value.Column(0)) / trace["dZ2"].Value[0, 0];
            for (int d = 0; d < 3; d++)
                sum[d] += gradient[d] * (x[d] - baseline[d]) / Steps;
        }

        double[] attribution = IntegratedGradients.Attribute(network, x, baseline);
        for (int d = 0; d < 3; d++)
            Assert.Equal(sum[d], attribution[d], 1e-6); // the midpoint rule's error: a second derivative of at most 96, / (24 * 2000²)
    }

    [Fact]
    public void A_short_way_across_a_bend_adds_up()
    {
        foreach (IActivation activation in new[] { Activation.ReLU, Activation.LeakyReLU })
        {
            var network = new NetworkParameters(
                Matrix<double>.Build.Dense(1, 1, 1), Vector<double>.Build.Dense(1), Matrix<double>.Build.Dense(1, 1, 1), 0, activation);
            foreach ((double from, double to) in new[] { (-5.1e-4, 4.8e-4), (1e-9, -3e-9), (-1e-12, 5e-4) })
                Assert.Equal(Score(network, [to]) - Score(network, [from]), IntegratedGradients.Attribute(network, [to], [from])[0], 1e-18);
        }
    }

    [Fact]
    public void The_shortest_way_loses_no_digits()
    {
        (NetworkParameters network, Matrix<double> X, _) = RandomNetworks.Draw(Activation.Tanh);
        double[] x = X.Column(0).ToArray();
        double[] near = [.. x.Select(v => v + 1e-9)];
        BackpropagationTrace trace = BackpropagationTrace.Run(network, x, label: false);
        Vector<double> gradient = network.W1.TransposeThisAndMultiply(trace["dZ1"].Value.Column(0)) / trace["dZ2"].Value[0, 0];
        double[] attribution = IntegratedGradients.Attribute(network, near, x);
        for (int d = 0; d < 3; d++)
            Assert.Equal(gradient[d], attribution[d] / (near[d] - x[d]), 1e-7);
    }

    [Fact]
    public void A_feature_that_equals_the_baseline_contributes_nothing_and_zero_is_the_default_baseline()
    {
        (NetworkParameters network, _, _) = RandomNetworks.Draw(Activation.ReLU);
        double[] attribution = IntegratedGradients.Attribute(network, [1, 0, -2]);
        Assert.Equal(0, attribution[1]);
        Assert.Equal(IntegratedGradients.Attribute(network, [1, 0, -2], [0, 0, 0]), attribution);
        Assert.Contains("3 features", Assert.Throws<ArgumentException>(() => IntegratedGradients.Attribute(network, [1])).Message);
    }

    private static double Score(NetworkParameters network, double[] x) =>
        TextbookNetwork.Forward(network, Matrix<double>.Build.Dense(x.Length, 1, x)).Z2[0, 0];
}
