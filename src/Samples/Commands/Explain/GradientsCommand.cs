using System.CommandLine;
using System.Globalization;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Commands.Explain;

/// <summary><c>explain gradients</c>: is my gradient right? And what do the classic mistakes look like?</summary>
internal static class GradientsCommand
{
    // Each parameter is moved four times, and each time its unit adds up its D inputs and asks g, for each example: a few seconds.
    private const double Work = 5e8;
    private const double OfOneUnit = 50; // what a unit costs besides, in multiplications

    public static Command Create()
    {
        var command = new Command("gradients", "Compares the gradient of back-propagation with one measured on the cost, block by block.");
        var subjects = new SubjectOptions(command);
        Option<double?> l2 = TraceCommand.L2Option();
        Option<GradientMistake?> mistake = OptionTexts.OneOf<GradientMistake>("--break", "A classic mistake to put in");
        command.AddGroup("The gradient that is checked", l2, mistake);
        command.SetAction(result =>
        {
            Subject subject = subjects.Read(result, out IReadOnlyList<string> notes, network =>
                (int)Math.Clamp(Work / ((double)network.HiddenUnits * network.FeatureCount * (network.FeatureCount + OfOneUnit)), 10, 1e9));
            GradientMistake? broken = result.GetValue(mistake);
            double penalty = result.GetValue(l2) ?? 0;
            if (broken is not null && (penalty != 0 || subject.Weights is not null))
                throw new UserError("--break shows mistakes in the course's equations, which have no penalty and no weights: leave " +
                    "out --l2 and --weight-column.");
            BackwardPass? gradient = broken is { } b ? Broken(b, subject) : null;
            GradientCheckResult check = GradientCheck.Run(subject.Network, subject.X, subject.Y, subject.Weights, penalty, gradient);
            Write(new Page(Terminal.Out.Profile.Out.Writer), subject, notes, broken, check);
            return check.Blocks.Any(block => block.Verdict == GradientVerdict.Differs) ? 1 : 0;
        });
        return command;
    }

    private static BackwardPass Broken(GradientMistake mistake, Subject subject)
    {
        try
        {
            return MistakenBackward.Run(mistake, subject.Network, subject.X, subject.Y);
        }
        catch (ArgumentException e)
        {
            throw new UserError(e.Message, e);
        }
    }

    private static void Write(Page page, Subject subject, IReadOnlyList<string> notes, GradientMistake? mistake, GradientCheckResult check)
    {
        page.Opening(subject, notes);
        if (mistake is not null)
            page.Text($"Put in on purpose: {Described(mistake.Value, subject.Network.Activation)}");
        page.Text("Back-propagation's derivatives of J against measured ones: each parameter is moved a little to both sides, and J is " +
            "computed again.");
        page.Table(["block", "shape", "back-propagated", "measured", "relative error", "angle", "verdict"],
            check.Blocks.Select(b => (IReadOnlyList<string>)
        [
            b.Name, $"{b.Analytic.RowCount} x {b.Analytic.ColumnCount}", Page.Number(b.AnalyticNorm), Page.Number(b.NumericalNorm),
            Page.Error(b.RelativeError), Angle(b.Cosine), Verdict(b),
        ]));
        page.Text("back-propagated and measured are the lengths (Euclidean norms) of the block's derivatives; the relative error is " +
            $"the length of their difference by the sum of both lengths, and up to {Page.Error(GradientCheck.Tolerance)} they agree.");
        foreach (GradientCheckBlock b in check.Blocks.Where(b => b.EntriesAtKinks > 0))
        {
            page.Text($"{b.Name}: {Subject.Count(b.EntriesAtKinks, "derivative")} left out, since for some example the step crosses a " +
                $"kink of {subject.Network.Activation.Name}, where J has no derivative.");
        }

        foreach (GradientCheckBlock b in check.Blocks.Where(b => b.Verdict == GradientVerdict.Differs))
        {
            page.Text($"{b.Name} differs most in row {b.Row + 1}, column {b.Column + 1}: {Page.Number(b.Analytic[b.Row, b.Column])} " +
                $"back-propagated, {Page.Number(b.Numerical[b.Row, b.Column])} measured.{Hint(b, subject)}");
        }

        string[] wrong = [.. check.Blocks.Where(b => b.Verdict == GradientVerdict.Differs).Select(b => b.Name)];
        page.Text(wrong.Length == 0 ? "The gradient is right." : $"The gradient is wrong in {string.Join(", ", wrong)}.{Where(wrong)}");
    }

    private static string Verdict(GradientCheckBlock b) => b.Verdict switch
    {
        GradientVerdict.Differs => "DIFFERS",
        GradientVerdict.AtKink => "at a kink",
        _ => b.IsBelowRounding ? "agrees (below rounding)" : "agrees",
    };

    private static string Angle(double cosine) => double.IsNaN(cosine)
        ? "-"
        : (Math.Acos(Math.Clamp(cosine, -1, 1)) * 180 / Math.PI).ToString("0.00", CultureInfo.InvariantCulture) + "°";

    private static string Hint(GradientCheckBlock b, Subject subject)
    {
        int m = subject.X.ColumnCount;
        double ratio = b.AnalyticNorm / b.NumericalNorm;
        if (!(b.Cosine > 1 - 1e-9))
            return "";
        return Math.Abs(ratio / m - 1) < 1e-6 ? $" The direction is right and the length is {m} = m times too long: a mean was forgotten."
            : Math.Abs(ratio * m - 1) < 1e-6 ? $" The direction is right and the length is {m} = m times too short: a mean was taken twice."
            : $" The direction is right, the length {Page.Number(ratio)} times the right one.";
    }

    // Which blocks are wrong tells where to look.
    private static string Where(string[] wrong) => string.Join(" ", wrong) switch
    {
        "W1 b1" => " W2 and b2 are right, so dZ2 is: look at dZ1 = W2ᵀ dZ2 * g'(Z1).",
        "b1 b2" => " The weights are right, so both dZ are: look at how they are added up for the biases.",
        "W1 b1 W2 b2" => " All four: look at what they share, dZ2 = A2 - Y and the division by m.",
        _ => "",
    };

    private static string Described(GradientMistake mistake, IActivation activation) => mistake switch
    {
        GradientMistake.Transpose => "W2ᵀ dZ2 without the transpose. dZ2ᵀ W2 has the shape m x H; reshaping makes it fit, and mixes " +
            "up units and examples.",
        GradientMistake.Mean => "the division by m is left out of dW2, db2, dW1 and db1.",
        GradientMistake.Activation => activation.Name == Activation.Sigmoid.Name
            ? "tanh's 1 - A1², on the stored answers A1, in place of the sigmoid's A1 (1 - A1)."
            : $"the sigmoid's A1 (1 - A1), on the stored answers A1, in place of the slope of {activation.Name}.",
        _ => "db takes the last example's dZ where it should add up those of all (= in place of +=).",
    };
}
