using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Samples.Commands.Explain.Lessons;

#pragma warning disable IDE1006 // The course's own symbols.

/// <summary>Why not start from zeros?</summary>
internal sealed class WhyZeros : Lesson
{
    private const int Steps = 1000;
    private const double LearningRate = 0.5;
    private const double SmallestRate = 1e-18;

    public override string Name => "zeros";

    public override string Question => "Why not start from zeros?";

    public override void Answer(Subject subject, Page page)
    {
        (NetworkParameters given, Matrix<double> X, Matrix<double> Y, _, _, _) = subject;
        int H = given.HiddenUnits, D = given.FeatureCount;
        NetworkParameters Same(double value) => new(
            Matrix<double>.Build.Dense(H, D, value), Vector<double>.Build.Dense(H), Matrix<double>.Build.Dense(1, H, value), 0,
                given.Activation);

        (string Name, NetworkParameters Start)[] starts = [("all zero", Same(0)), ("weights 0.1, biases 0", Same(0.1)), ("the network given", given)];
        double rate = LearningRate;
        NetworkParameters[] ends = Ends();
        while (rate > SmallestRate && !starts.Zip(ends).All(s => Cost(s.Second) <= Cost(s.First.Start)))
        {
            rate /= 10; // on inputs in thousands a step that is right for others leaps away
            ends = Ends();
        }

        page.Text("Units that start alike stay alike: they see the same inputs, give the same answer, and get the same correction, in " +
            $"each of the {Steps} steps of gradient descent (learning rate {Page.Number(rate)}) that follow. J is the cost on " +
            "your examples:");
        page.Table(["start", "J at the start", $"J after {Steps} steps", "rows of W1 differ by", "different hidden units"],
            starts.Zip(ends, (s, end) => (IReadOnlyList<string>)
        [
            s.Name, Page.Number(Cost(s.Start)), Page.Number(Cost(end)), Page.Number(Spread(end.W1)), $"{DifferentRows(end.W1)} of {H}",
        ]));

        NetworkParameters zeros = Same(0);
        BackwardPass first = TextbookNetwork.Backward(zeros, X, Y, TextbookNetwork.Forward(zeros, X));
        page.Matrix($"W1 that started from 0.1, after {Steps} steps ({H} x {D}): every row the same", ends[1].W1).Gap();
        string output = first.dW2.FrobeniusNorm() == 0
            ? $"{given.Activation.Name}(0) = 0, so A1 = 0 and dW2 = dZ2 A1ᵀ / m = 0 too: no weight ever moves. {OfBias()}"
            : $"{given.Activation.Name}(0) = {Page.Number(given.Activation.Value(0))}, so dW2 has length " +
                $"{Page.Number(first.dW2.FrobeniusNorm())} and W2 moves, but equally for every unit.";
        page.Text("From zeros it is worse still. W2 = 0, so dA1 = W2ᵀ dZ2 = 0 and dW1 has length " +
            $"{Page.Number(first.dW1.FrobeniusNorm())}. {output}");
        page.Text("Random numbers make the units different; biases may start from zero, since the weights already tell the units apart.");

        string OfBias()
        {
            double share = Y.Row(0).Sum() / Y.ColumnCount, b2 = ends[0].B2;
            return share == 0.5
                ? "Half of the examples are a yes, which sigmoid(0) = 0.5 says already, so b2 does not move either."
                : $"b2 alone learns, and all it can learn is how many are a yes: it ends at {Page.Number(b2)}, and sigmoid(b2) = " +
                    $"{Page.Number(Activation.Sigmoid.Value(b2))} for every example, where {Page.Number(share)} are a yes.";
        }

        double Cost(NetworkParameters network) => TextbookNetwork.Cost(network, X, Y);
        NetworkParameters[] Ends() => [.. starts.Select(s => Descend(s.Start, X, Y, rate))];
    }

    private static NetworkParameters Descend(NetworkParameters network, Matrix<double> X, Matrix<double> Y, double rate)
    {
        for (int step = 0; step < Steps && double.IsFinite(network.W1[0, 0] + network.B2); step++)
            network = network.Descend(TextbookNetwork.Backward(network, X, Y, TextbookNetwork.Forward(network, X)), rate);
        return network;
    }

    private static double Spread(Matrix<double> W1) => W1.EnumerateRows().Max(r => (r - W1.Row(0)).AbsoluteMaximum());

    private static int DifferentRows(Matrix<double> W1)
    {
        // Equal up to rounding: the same sums may be added up in another order.
        double close = 1e-9 * Math.Max(1, W1.Enumerate().Max(Math.Abs));
        var different = new List<Vector<double>>();
        foreach (Vector<double> row in W1.EnumerateRows())
        {
            if (!different.Exists(d => (d - row).AbsoluteMaximum() <= close))
                different.Add(row);
        }

        return different.Count;
    }
}
