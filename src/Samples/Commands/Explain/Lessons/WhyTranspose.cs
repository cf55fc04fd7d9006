using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Samples.Commands.Explain.Lessons;

#pragma warning disable IDE1006 // The course's own symbols.

/// <summary>Why the transpose in dA1 = W2ᵀ dZ2?</summary>
internal sealed class WhyTranspose : Lesson
{
    public override string Name => "transpose";

    public override string Question => "Where does W2ᵀ dZ2 come from, and why the transpose?";

    public override void Answer(Subject subject, Page page)
    {
        NetworkParameters network = subject.Network;
        Subject one = subject.Only(0);
        ForwardPass forward = TextbookNetwork.Forward(network, one.X);
        BackwardPass backward = TextbookNetwork.Backward(network, one.X, one.Y, forward);
        double y = one.Y[0, 0], dz2 = backward.dZ2[0, 0];
        Vector<double> a1 = forward.A1.Column(0);
        int H = network.HiddenUnits, D = network.FeatureCount;

        page.Text($"Take one example, row {one.Rows[0]}, with dz2 = a2 - y = {Page.Number(dz2)}. Nudge what hidden unit h answers, " +
            "a1[h], and leave everything else alone. z2 moves W2[h] times as much, and the loss moves dz2 times as much as z2:");
        page.Table(["unit h", "W2[h]", "W2[h] * dz2", "measured dL/da1[h]"],
            Enumerable.Range(0, Listed(H)).Select(h => (IReadOnlyList<string>)
        [
            $"{h + 1}", Page.Number(network.W2[0, h]), Page.Number(network.W2[0, h] * dz2),
            Page.Number(Slope(a => LossOfA1(network, With(a1, h, a), y), a1[h])),
        ]));
        SayRest(page, H, "units");
        page.Text($"Going forward, the row W2 (1 x {H}) gathers {Subject.Count(H, "number")} into one. Going back, one number is handed out to " +
            $"{Subject.Count(H, "unit")}, each through the weight by which it was gathered: the same numbers as a column, W2ᵀ ({H} x 1) " +
            "times dz2 (1 x 1)." + (H == 1 ? "" : $" Without the transpose the shapes (1 x {H}) (1 x 1) do not even fit."));

        int d = MostMoving(backward, network);
        page.Text($"Where a number reaches the loss along several paths, the paths add up. Input {one.FeatureNames[d]} reaches it " +
            (H == 1 ? "through the one hidden unit:" : $"through all {H} hidden units:"));
        double[] paths = [.. Enumerable.Range(0, H).Select(h => network.W1[h, d] * backward.dZ1[h, 0])];
        page.Table(["path", "W1[h,d]", "dz1[h] = W2[h] dz2 g'(z1[h])", "W1[h,d] * dz1[h]"],
            Enumerable.Range(0, Listed(H)).Select(h => (IReadOnlyList<string>)
        [
            $"through unit {h + 1}", Page.Number(network.W1[h, d]), Page.Number(backward.dZ1[h, 0]), Page.Number(paths[h]),
        ]));
        SayRest(page, H, "paths");
        Vector<double> x = one.X.Column(0);
        double measured = Slope(v => LossOfZ1(network, network.W1 * With(x, d, v) + network.B1, y), x[d]);
        page.Text($"Sum over the {Subject.Count(H, "path")}: {Page.Number(paths.Sum())}. Measured by nudging the input: " +
            $"{Page.Number(measured)}. The sum runs down column d of W1 ({H} x {D}), which is row d of W1ᵀ: the same transpose, one " +
            "layer further back. Going forward, W1 takes weighted sums along its rows; " +
            "going back, W1ᵀ takes weighted sums down its columns.");
    }

    // The input that moves the loss most shows the sum best.
    private static int MostMoving(BackwardPass backward, NetworkParameters network) =>
        network.W1.TransposeThisAndMultiply(backward.dZ1.Column(0)).AbsoluteMaximumIndex();
}
