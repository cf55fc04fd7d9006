using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Samples.Commands.Explain.Lessons;

#pragma warning disable IDE1006 // The course's own symbols.

/// <summary>Why is dZ2 = A2 - Y?</summary>
internal sealed class WhyOutput : Lesson
{
    public override string Name => "output";

    public override string Question => "Why is dZ2 = A2 - Y?";

    public override void Answer(Subject subject, Page page)
    {
        ForwardPass forward = TextbookNetwork.Forward(subject.Network, subject.X);
        page.Text("By the chain rule dL/dz2 = dL/da2 * da2/dz2. The loss gives dL/da2 = -y/a2 + (1-y)/(1-a2), the sigmoid gives " +
            "da2/dz2 = a2 (1-a2). Multiplied out, every fraction cancels and a2 - y is left. On your examples:");
        int m = subject.X.ColumnCount;
        page.Table(["row", "y", "z2", "a2", "dL/da2", "da2/dz2", "product", "a2 - y", "measured"],
            Enumerable.Range(0, Listed(m)).Select(i =>
        {
            double z2 = forward.Z2[0, i], y = subject.Y[0, i];
            (double dA2, double slope, double a2) = Unsimplified(z2, y);
            double measured = Slope(z => Loss(z, y), z2);
            return (IReadOnlyList<string>)
            [
                $"{subject.Rows[i]}", Page.Number(y), Page.Number(z2), Page.Number(a2), Page.Number(dA2), Page.Number(slope),
                Page.Number(dA2 * slope), Page.Number(a2 - y), Page.Number(measured),
            ];
        }));
        SayRest(page, m, "examples");

        page.Text("\"measured\" nudges z2 and watches the loss. The short form is not only shorter: once the network is sure of " +
            $"itself, a2 is rounded to 0 or 1 and the long form divides by zero. Row {subject.Rows[0]} with W2 and b2 made larger and " +
            "larger, seen as if its label were the one that the network does not expect:");
        double score = forward.Z2[0, 0] == 0 ? 1 : forward.Z2[0, 0], unexpected = score > 0 ? 0 : 1;
        page.Table(["z2", "y", "a2", "dL/da2", "product", "a2 - y", "loss by its formula", "loss from z2"],
            new[] { 1.0, 30, 100, 1000 }.Select(size =>
        {
            double z2 = Math.Sign(score) * size;
            (double dA2, double slope, double a2) = Unsimplified(z2, unexpected);
            double naive = -(unexpected == 1 ? Math.Log(a2) : Math.Log(1 - a2));
            return (IReadOnlyList<string>)
            [
                Page.Number(z2), Page.Number(unexpected), Page.Number(a2), Page.Number(dA2), Page.Number(dA2 * slope),
                    Page.Number(a2 - unexpected),
                Page.Number(naive), Page.Number(Loss(z2, unexpected)),
            ];
        }));
        page.Text("Where the product says NaN, training is over: dW and db are sums over the examples, a sum with one NaN in it is NaN, and " +
            "after the step every weight is. a2 - y says 1 or -1, as it should.");
    }

    // The sigmoid and both fractions exactly as they are written on paper.
    private static (double dA2, double Slope, double A2) Unsimplified(double z2, double y)
    {
        double a2 = 1 / (1 + Math.Exp(-z2));
        double dA2 = y == 1 ? -1 / a2 : 1 / (1 - a2);
        return (dA2, a2 * (1 - a2), a2);
    }
}
