using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Samples.Commands.Explain.Lessons;

#pragma warning disable IDE1006 // The course's own symbols.

/// <summary>What do example weights and a penalty change?</summary>
internal sealed class WhyWeights : Lesson
{
    private const double L2 = 0.1;

    public override string Name => "weights";

    public override string Question => "Where do example weights w and a penalty l2 enter?";

    public override bool UsesWeights => true;

    public override void Answer(Subject subject, Page page)
    {
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y, _, IReadOnlyList<long> rows, Vector<double>? given) = subject;
        int m = X.ColumnCount;
        Vector<double> w = given ?? Vector<double>.Build.Dense(m, i => i == 0 ? 2 : 1);
        ForwardPass forward = TextbookNetwork.Forward(network, X);
        BackwardPass plain = TextbookNetwork.Backward(network, X, Y, forward), weighted = TextbookNetwork.Backward(network, X, Y, forward, w);
        page.Text("A weight w says how many times an example counts, so J is the weighted mean, sum of w L / sum(w). Only sums over the " +
            "examples change: dW2 = dZ2 diag(w) A1ᵀ / sum(w), db2 = sum of w dZ2 / sum(w), and for layer 1 likewise. dZ2 and dZ1 do not, for " +
            $"they are about the loss of one example. Here {(given is null ? $"row {rows[0]} counts twice" : "the weights are those of the table")}:");
        page.Table(["length of", "each counts once", "weighted", "measured"], Lengths(plain, weighted, GradientCheck.Run(network, X, Y, w)));

        if (given is null)
        {
            Matrix<double> X2 = X.Append(X.SubMatrix(0, X.RowCount, 0, 1)), Y2 = Y.Append(Y.SubMatrix(0, 1, 0, 1));
            BackwardPass twice = TextbookNetwork.Backward(network, X2, Y2, TextbookNetwork.Forward(network, X2));
            page.Text($"It is the same as writing the row twice: dW1 of those {m + 1} rows, each counting once, differs from the weighted one by at " +
                $"most {Page.Error((twice.dW1 - weighted.dW1).Enumerate().Max(Math.Abs))}.");
        }

        BackwardPass penalised = TextbookNetwork.Backward(network, X, Y, forward, null, L2);
        page.Text($"A penalty adds l2 / 2 times the sum of all squared weights (not biases) to J. It knows nothing of the examples, so it adds " +
            $"l2 W to dW, not divided by m, and nothing to dZ and db. With l2 = {Page.Number(L2)}:");
        page.Table(["length of", "no penalty", "with penalty", "measured"], Lengths(plain, penalised, GradientCheck.Run(network, X, Y, null, L2)));
    }

    private static IEnumerable<IReadOnlyList<string>> Lengths(BackwardPass a, BackwardPass b, GradientCheckResult measured) =>
    [
        ["dW2", Page.Number(a.dW2.FrobeniusNorm()), Page.Number(b.dW2.FrobeniusNorm()), Page.Number(measured["W2"].NumericalNorm)],
        ["db2", Page.Number(Math.Abs(a.db2)), Page.Number(Math.Abs(b.db2)), Page.Number(measured["b2"].NumericalNorm)],
        ["dW1", Page.Number(a.dW1.FrobeniusNorm()), Page.Number(b.dW1.FrobeniusNorm()), Page.Number(measured["W1"].NumericalNorm)],
        ["db1", Page.Number(a.db1.L2Norm()), Page.Number(b.db1.L2Norm()), Page.Number(measured["b1"].NumericalNorm)],
    ];
}
