using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Samples.Commands.Explain.Lessons;

/// <summary>Why does g' change with the activation?</summary>
internal sealed class WhyActivation : Lesson
{
    public override string Name => "activation";

    public override string Question => "Why does g' change with the activation?";

    public override void Answer(Subject subject, Page page)
    {
        double z = TextbookNetwork.Forward(subject.Network, subject.X).Z1[0, 0];
        page.Text($"g' is the slope of whatever g is. In row {subject.Rows[0]} the first hidden unit adds up z1 = {Page.Number(z)}. " +
            "There:");
        page.Table(["g", "a = g(z)", "g'(z)", "measured"], Activation.BuiltIn.Select(g => (IReadOnlyList<string>)
        [
            g.Name + (g.Name == subject.Network.Activation.Name ? "  (this network's)" : ""),
            Page.Number(g.Value(z)), Page.Number(g.Derivative(z)), Page.Number(Slope(g.Value, z)),
        ]));
        double tanh = Math.Tanh(z), sigmoid = Activation.Sigmoid.Value(z);
        page.Text("For two of them the slope can be told from the answer alone, so z need not be kept: tanh has 1 - a² = 1 - " +
            $"({Page.Number(tanh)})² = {Page.Number(1 - tanh * tanh)}, the sigmoid a (1 - a) = {Page.Number(sigmoid)} * " +
            $"{Page.Number(1 - sigmoid)} = {Page.Number(sigmoid * (1 - sigmoid))}. 1 - a² with a sigmoid's a is the slope of nothing: " +
            "see explain gradients --break activation.");
    }
}
