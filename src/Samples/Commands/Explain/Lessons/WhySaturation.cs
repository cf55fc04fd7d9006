using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Samples.Commands.Explain.Lessons;

#pragma warning disable IDE1006 // The course's own symbols.

/// <summary>Why do large weights stop learning?</summary>
internal sealed class WhySaturation : Lesson
{
    private const double Flat = 0.01; // of a slope: a hundredth of that of the identity
    private static readonly double[] _factors = [0.01, 0.1, 1, 10, 100];

    public override string Name => "saturation";

    public override string Question => "Why do units with large weights learn slowly, and with tiny ones too?";

    public override void Answer(Subject subject, Page page)
    {
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y, _, _, _) = subject;
        page.Text("dZ1 = W2ᵀ dZ2 * g'(Z1): what comes back to a hidden unit is multiplied by the slope of g at its z1. Where the slope is " +
            $"nearly zero, the unit hears nothing, however wrong the output is. W1 and b1 times a factor, on your examples (flat: a slope " +
            $"below {Flat}):");
        page.Table(["W1, b1 times", "largest |z1|", "mean |g'(Z1)|", "flat", "length of dW1", "length of dW2"], _factors.Select(factor =>
        {
            var scaled = new NetworkParameters(network.W1 * factor, network.B1 * factor, network.W2, network.B2, network.Activation);
            ForwardPass forward = TextbookNetwork.Forward(scaled, X);
            BackwardPass backward = TextbookNetwork.Backward(scaled, X, Y, forward);
            double[] slopes = [.. forward.Z1.Enumerate().Select(z => Math.Abs(network.Activation.Derivative(z)))];
            return (IReadOnlyList<string>)
            [
                Page.Number(factor), Page.Number(forward.Z1.Enumerate().Max(Math.Abs)), Page.Number(slopes.Average()),
                $"{slopes.Count(s => s < Flat)} of {slopes.Length}", Page.Number(backward.dW1.FrobeniusNorm()),
                Page.Number(backward.dW2.FrobeniusNorm()),
            ];
        }));
        double far = Math.Abs(network.Activation.Derivative(50)), near = Math.Abs(network.Activation.Derivative(-50));
        page.Text(far < Flat && near < Flat
            ? $"{network.Activation.Name} is flat on both sides: with large weights a unit is stuck whichever side it is on."
            : near < Flat
                ? $"{network.Activation.Name} is flat on one side only: a unit whose z1 is negative for every example learns nothing " +
                    "any more (it is called dead), the others keep their slope."
                : $"{network.Activation.Name} is nowhere flat, so nothing is stuck here; large weights still make the steps overshoot.");
        page.Text("Tiny weights have another fault: the units answer nearly the same for every example, so dW2 is small, and with a small W2 " +
            "dW1 is too. Weights are therefore drawn in a size that depends on the number of inputs (Xavier, He), and inputs are standardised: an " +
            "input in millions does to z1 what a weight in millions does.");
    }
}
