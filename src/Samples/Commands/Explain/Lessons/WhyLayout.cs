using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Samples.Commands.Explain.Lessons;

#pragma warning disable IDE1006 // The course's own symbols.

/// <summary>Isn't the derivative of a scalar by a column vector a row vector?</summary>
internal sealed class WhyLayout : Lesson
{
    public override string Name => "layout";

    public override string Question => "Isn't the derivative of a scalar by a column vector a row vector, and how does that fit?";

    public override void Answer(Subject subject, Page page)
    {
        NetworkParameters network = subject.Network;
        Subject one = subject.Only(0);
        ForwardPass forward = TextbookNetwork.Forward(network, one.X);
        BackwardPass backward = TextbookNetwork.Backward(network, one.X, one.Y, forward);
        int H = network.HiddenUnits;
        Matrix<double> dz2 = backward.dZ2; // 1 x 1
        Vector<double> slopes = forward.Z1.Column(0).Map(network.Activation.Derivative, Zeros.Include);
        Matrix<double> slope = Matrix<double>.Build.DiagonalOfDiagonalVector(slopes);

        page.Text("It is, in one of two bookkeepings. Numerator layout: d(f)/d(v) has a row for each number of f and a column for each " +
            "of v, so a scalar by a column is a row, and the chain rule runs from left to right. Denominator layout: everything " +
            $"transposed, so a scalar by a column is a column, and the chain rule runs from right to left. Row {one.Rows[0]}, both:");
        Matrix<double> row = dz2 * network.W2 * slope;
        Matrix<double> column = slope * network.W2.Transpose() * dz2;
        page.Table(["", "numerator layout", "denominator layout"],
        [
            ["dL/dz2", "1 x 1", "1 x 1"],
            ["dz2/da1", $"W2, 1 x {H}", $"W2ᵀ, {H} x 1"],
            ["da1/dz1", $"diag(g'(z1)), {H} x {H}", $"diag(g'(z1)), {H} x {H}"],
            ["dL/dz1", $"dL/dz2 W2 diag(g'), 1 x {H}", $"diag(g') W2ᵀ dL/dz2, {H} x 1"],
        ]);
        page.Matrix($"numerator layout, dL/dz1 (1 x {H})", row).Gap();
        page.Matrix($"denominator layout, dL/dz1 ({H} x 1)", column).Gap();
        page.Text("The largest difference between one and the transpose of the other is " +
            $"{Page.Error((row.Transpose() - column).Enumerate().Max(Math.Abs))}, and from dZ1 of the backward pass " +
            $"{Page.Error((column - backward.dZ1).Enumerate().Max(Math.Abs))}. The course takes the denominator layout, because then a " +
            $"derivative has the shape of what it belongs to: dW1 is {H} x {network.FeatureCount} as W1 is, and W1 - learning rate * " +
            "dW1 is a subtraction of like shapes. That is where the transpose and the order of W2ᵀ dZ2 come from. Mixing both " +
            "bookkeepings in one chain is what goes wrong.");
    }
}
