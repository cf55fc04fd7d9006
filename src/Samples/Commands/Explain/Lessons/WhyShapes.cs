using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Samples.Commands.Explain.Lessons;

#pragma warning disable IDE1006 // The course's own symbols.

/// <summary>Do the shapes prove the equations?</summary>
internal sealed class WhyShapes : Lesson
{
    public override string Name => "shapes";

    public override string Question => "Can the equations be found by making the shapes fit?";

    public override void Answer(Subject subject, Page page)
    {
        int H = subject.Network.HiddenUnits, D = subject.Network.FeatureCount, m = subject.X.ColumnCount;
        page.Text("Often, and it is a good check, but it is no proof. A derivative has the shape of what it belongs to, so of these products " +
            "one should give dA1, which has the shape of A1:");
        page.Table(["product", "shapes", "result", "fits A1?"],
        [
            Row("W2 dZ2", (1, H), (1, m)), Row("dZ2 W2", (1, m), (1, H)), Row("W2ᵀ dZ2", (H, 1), (1, m)), Row("dZ2ᵀ W2", (m, 1), (1, H)),
        ]);

        int k = Math.Min(H, m);
        if (k < 2)
        {
            page.Text("With one hidden unit or one example the last two are the same; take two or more of both to see the trap.");
            return;
        }

        page.Text($"The last one is m x H = {m} x {H}: with as many examples as hidden units it fits as well, and it is wrong, since it puts " +
            $"examples where units belong. The first {k} examples and the first {k} hidden units, so that H = m = {k}:");
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y) = Square(subject, k);
        ForwardPass forward = TextbookNetwork.Forward(network, X);
        BackwardPass right = TextbookNetwork.Backward(network, X, Y, forward);
        Matrix<double> slopes = forward.Z1.Map(network.Activation.Derivative, Zeros.Include);
        Matrix<double> dZ1 = (right.dZ2.Transpose() * network.W2).PointwiseMultiply(slopes);
        BackwardPass fitting = right with { dZ1 = dZ1, dW1 = dZ1 * X.Transpose() / k, db1 = dZ1.RowSums() / k };
        GradientCheckBlock byRight = GradientCheck.Run(network, X, Y)["W1"],
            byFitting = GradientCheck.Run(network, X, Y, gradient: fitting)["W1"];
        page.Table(["dA1", "shape", "length of dW1", "measured", "relative error"],
        [
            ["W2ᵀ dZ2", $"{k} x {k}", Page.Number(byRight.AnalyticNorm), Page.Number(byRight.NumericalNorm), Page.Error(byRight.RelativeError)],
            ["dZ2ᵀ W2", $"{k} x {k}", Page.Number(byFitting.AnalyticNorm), Page.Number(byFitting.NumericalNorm),
                Page.Error(byFitting.RelativeError)],
        ]);
        page.Text("Shapes say what can be multiplied, not what should be. What should be is what the chain rule says: explain why transpose.");

        IReadOnlyList<string> Row(string product, (int Rows, int Columns) a, (int Rows, int Columns) b)
        {
            bool exists = a.Columns == b.Rows;
            string result = exists ? $"{a.Rows} x {b.Columns}" : "no product";
            return [product, $"({a.Rows} x {a.Columns}) ({b.Rows} x {b.Columns})", result, exists && (a.Rows, b.Columns) == (H, m) ? "yes" : "no"];
        }
    }

    private static (NetworkParameters Network, Matrix<double> X, Matrix<double> Y) Square(Subject subject, int k)
    {
        NetworkParameters all = subject.Network;
        var network = new NetworkParameters(all.W1.SubMatrix(0, k, 0, all.FeatureCount), all.B1.SubVector(0, k),
            all.W2.SubMatrix(0, 1, 0, k), all.B2, all.Activation);
        return (network, subject.X.SubMatrix(0, subject.X.RowCount, 0, k), subject.Y.SubMatrix(0, 1, 0, k));
    }
}
