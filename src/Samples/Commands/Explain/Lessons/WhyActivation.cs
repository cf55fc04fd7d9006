using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Samples.Commands.Explain.Lessons;

/// <summary>Why does g' change with the activation?</summary>
internal sealed class WhyActivation : Lesson
{
    // The slope by z, and where a alone tells it, by a. GELU and SiLU fall and rise again, so two z give the same a with different slopes.
    private static readonly Dictionary<string, (string ByZ, string ByA, Func<double, double>? Slope)> _slopes = new()
    {
        ["tanh"] = ("1 - tanh(z)²", "1 - a²", a => 1 - a * a),
        ["sigmoid"] = ("s(z) (1 - s(z))", "a (1 - a)", a => a * (1 - a)),
        ["relu"] = ("1 if z > 0 else 0", "1 if a > 0 else 0", a => a > 0 ? 1 : 0),
        ["leaky-relu"] = ("1 if z > 0 else 0.01", "1 if a > 0 else 0.01", a => a > 0 ? 1 : 0.01),
        ["elu"] = ("1 if z > 0 else exp(z)", "1 if a > 0 else a + 1", a => a > 0 ? 1 : a + 1),
        ["gelu"] = ("P(z) + z p(z)", "-", null),
        ["silu"] = ("s(z) (1 + z (1 - s(z)))", "-", null),
        ["softplus"] = ("s(z)", "1 - exp(-a)", a => 1 - Math.Exp(-a)),
        ["identity"] = ("1", "1", _ => 1),
    };

    public override string Name => "activation";

    public override string Question => "Why does g' change with the activation?";

    public override void Answer(Subject subject, Page page)
    {
        double z = TextbookNetwork.Forward(subject.Network, subject.X).Z1[0, 0];
        page.Text($"g' is the slope of whatever g is. In row {subject.Rows[0]} the first hidden unit adds up z1 = {Page.Number(z)}. " +
            "There (s is the sigmoid, P and p the normal distribution and its density):");
        page.Table(["g", "a = g(z)", "g'(z)", "measured", "g' by z", "g' by a", "by a"], Activation.BuiltIn.Select(g =>
        {
            (string byZ, string byA, Func<double, double>? slope) = _slopes[g.Name];
            return (IReadOnlyList<string>)
            [
                g.Name + (g.Name == subject.Network.Activation.Name ? "  (this network's)" : ""),
                Page.Number(g.Value(z)), Page.Number(g.Derivative(z)), Page.Number(Slope(g.Value, z)), byZ, byA,
                slope is null ? "-" : Page.Number(slope(g.Value(z))),
            ];
        }));
        int told = _slopes.Values.Count(s => s.Slope is not null);
        page.Text($"For {told} of these {_slopes.Count} the slope can be told from the answer a alone, which is why the course writes it " +
            "so and z need not be kept. gelu and silu fall before they rise: they give the same a at two z, with two different slopes. " +
            "A formula on another activation's a is the slope of nothing: see explain gradients --break activation.");
    }
}
