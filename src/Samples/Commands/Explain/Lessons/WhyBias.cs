using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Samples.Commands.Explain.Lessons;

#pragma warning disable IDE1006 // The course's own symbols.

/// <summary>Why is db a sum?</summary>
internal sealed class WhyBias : Lesson
{
    public override string Name => "bias";

    public override string Question => "Why is db a sum over the examples?";

    public override void Answer(Subject subject, Page page)
    {
        (NetworkParameters network, Matrix<double> X, Matrix<double> Y, _, IReadOnlyList<long> rows, _) = subject;
        int m = X.ColumnCount;
        BackwardPass backward = TextbookNetwork.Backward(network, X, Y, TextbookNetwork.Forward(network, X));
        int h = backward.db1.AbsoluteMaximumIndex();

        page.Text($"b1[h] is one number that is added to z1[h] of every example. Nudge it, and all {m} of them move as far as it does; " +
            $"each loss answers with its own dz1[h], and J, their mean, with the sum of the answers / m. For hidden unit {h + 1}:");
        page.Table(["row", "dz1[h], this example's answer"], Enumerable.Range(0, Listed(m)).Select(i => (IReadOnlyList<string>)
            [$"{rows[i]}", Page.Number(backward.dZ1[h, i])]));
        SayRest(page, m, "examples");
        double measured = Slope(
            b => TextbookNetwork.Cost(new NetworkParameters(network.W1, With(network.B1, h, b), network.W2, network.B2,
                network.Activation), X, Y),
            network.B1[h]);
        page.Line($"  sum                    {Page.Number(backward.dZ1.Row(h).Sum())}");
        page.Line($"  sum / m = db1[h]       {Page.Number(backward.db1[h])}");
        page.Line($"  measured by nudging b  {Page.Number(measured)}").Gap();
        Vector<double> byProduct = backward.dZ1 * Vector<double>.Build.Dense(m, 1) / m;
        page.Text("It is no rule of its own: a bias is a weight whose input is 1 in every example, and dW1 = dZ1 Xᵀ / m with a row of " +
            $"ones for X is the row sum. dZ1 ({network.HiddenUnits} x {m}) times ones ({m} x 1) / m differs from db1 by " +
            $"{Page.Error((byProduct - backward.db1).AbsoluteMaximum())}.");
    }
}
