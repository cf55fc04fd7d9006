using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Samples.Commands.Explain.Lessons;

#pragma warning disable IDE1006 // The course's own symbols.

/// <summary>Why is g'(Z1) multiplied element by element?</summary>
internal sealed class WhyElementwise : Lesson
{
    public override string Name => "elementwise";

    public override string Question => "Why is dA1 multiplied by g'(Z1) element by element, and not as matrices?";

    public override void Answer(Subject subject, Page page)
    {
        NetworkParameters network = subject.Network;
        Subject one = subject.Only(0);
        ForwardPass forward = TextbookNetwork.Forward(network, one.X);
        BackwardPass backward = TextbookNetwork.Backward(network, one.X, one.Y, forward);
        Vector<double> z1 = forward.Z1.Column(0);
        int H = network.HiddenUnits;

        page.Text($"Row {one.Rows[0]}. Nudge each z1[j] and watch each a1[i]: {H} x {H} slopes, the Jacobian of a1 by z1. Nothing " +
            "outside its diagonal moves, because a1[i] = g(z1[i]) looks at z1[i] alone:");
        Matrix<double> jacobian = Matrix<double>.Build.Dense(H, H, (i, j) =>
            Slope(z => With(z1, j, z).Map(network.Activation.Value, Zeros.Include)[i], z1[j]));
        page.Matrix($"da1/dz1, measured ({H} x {H})", jacobian).Gap();
        page.Vector("g'(z1), by its formula:        ", z1.Map(network.Activation.Derivative, Zeros.Include));
        page.Vector("diagonal of what was measured: ", jacobian.Diagonal()).Gap();

        Vector<double> byMatrix = jacobian.TransposeThisAndMultiply(network.W2.Row(0) * backward.dZ2[0, 0]);
        page.Vector("Jacobianᵀ times dA1: ", byMatrix);
        page.Vector("dA1 * g'(Z1):        ", backward.dZ1.Column(0)).Gap();
        page.Text($"The largest difference is {Page.Error((byMatrix - backward.dZ1.Column(0)).AbsoluteMaximum())}. A diagonal matrix " +
            $"times a vector multiplies element by element, with H = {H} products in place of H² = {(long)H * H}. For m examples there " +
            "would be m such matrices; the element-wise product of two H x m matrices does them all.");
    }
}
