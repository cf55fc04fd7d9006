using System.CommandLine;
using System.Globalization;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Commands.Explain;

/// <summary><c>explain step</c>: what the gradient is for. One step downhill, at several learning rates.</summary>
internal static class StepCommand
{
    private const double Near = 0.05; // how far a drop may miss the prediction to be called nearly right
    private static readonly double[] _rates = [0.1, 0.5, 5, 20];

    public static Command Create()
    {
        var command = new Command("step", "One step downhill: what the gradient predicts for J, and what J does.");
        var subjects = new SubjectOptions(command);
        Option<double[]> rates = new("--learning-rate")
        {
            Description = "Learning rates [default: 0.1 0.5 5 20]",
            HelpName = "numbers",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => _rates,
        };
        rates.Validators.Add(result =>
        {
            if (result.Tokens.Any(t => !(double.TryParse(t.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate)
                && rate > 0 && double.IsFinite(rate))))
                result.AddError("--learning-rate must be numbers above 0.");
        });
        Option<double?> l2 = TraceCommand.L2Option();
        command.AddGroup("The step", rates, l2);
        command.SetAction(result =>
        {
            Subject subject = subjects.Read(result, out IReadOnlyList<string> notes);
            var page = new Page(Terminal.Out.Profile.Out.Writer);
            page.Opening(subject, notes);
            Write(page, subject, result.GetValue(rates)!, result.GetValue(l2) ?? 0);
        });
        return command;
    }

    private static void Write(Page page, Subject subject, double[] rates, double l2)
    {
        NetworkParameters network = subject.Network;
        BackwardPass gradient = TextbookNetwork.Backward(network, subject.X, subject.Y, TextbookNetwork.Forward(network, subject.X),
            subject.Weights, l2);
        double squared = Squared(gradient), before = Cost(network);
        double rate = rates[0];
        page.Text("Every parameter moves against its derivative, W1 - α dW1 and so on for b1, W2 and b2, where α is the learning rate. The first " +
            $"weight with α = {Page.Number(rate)}: {Page.Number(network.W1[0, 0])} - {Page.Number(rate)} * {InBrackets(gradient.dW1[0, 0])} = " +
            $"{Page.Number(network.W1[0, 0] - rate * gradient.dW1[0, 0])}.");
        page.Text("If J were a plane, each parameter p would lower it by α (dJ/dp)², all together by α times the squared length of the gradient, " +
            $"{Page.Number(squared)}. J is {Page.Number(before)} before the step:");
        double[] after = [.. rates.Select(r => Cost(network.Descend(gradient, r)))];
        page.Table(["α", "J predicted", "J after the step", "predicted drop", "drop"], rates.Zip(after, (r, J) => (IReadOnlyList<string>)
        [
            Page.Number(r), Page.Number(before - r * squared), Page.Number(J), Page.Number(r * squared), Page.Number(before - J),
        ]));
        page.Text(string.Join(' ', rates.Zip(after, (r, J) => $"α = {Page.Number(r)}: {Judged(r * squared, before - J)}.")));

        double Cost(NetworkParameters at) => TextbookNetwork.Cost(at, subject.X, subject.Y, subject.Weights, l2);
    }

    private static string Judged(double predicted, double drop) =>
        predicted == 0 ? "the gradient is zero and nothing moves"
        : !(drop > 0) ? "too far, the step leaps over the valley and J rises"
        : Math.Abs(drop / predicted - 1) <= Near ? "the prediction is nearly right"
        : "J falls, but the surface bends and the prediction is off";

    private static string InBrackets(double value) => value < 0 ? $"({Page.Number(value)})" : Page.Number(value);

    private static double Squared(BackwardPass g) =>
        g.dW1.Enumerate().Concat(g.db1).Concat(g.dW2.Enumerate()).Append(g.db2).Sum(v => v * v);
}
