using MlNetShallowNet.Samples.Report.Drawing;
using MlNetShallowNet.Samples.Report.Statistics;
using MlNetShallowNet.Trainers;

namespace MlNetShallowNet.Samples.Report.Charts;

/// <summary>The network's weights as colours: a column for each hidden unit, a row for each input.</summary>
internal static class WeightMap
{
    private const int MostInputs = 40;
    private const int MostUnits = 64;

    public static string Draw(ReportData data)
    {
        ShallowNetworkModelParameters network = data.Network;
        int D = network.FeatureCount, H = network.HiddenUnits;
        double[] deviation = Deviations(data.TrainingInputs);
        // Per standard deviation of the input: W1 itself is small for an input in millions, however much it matters.
        double Weight(int h, int d) => network.W1[h * D + d] * deviation[d];
        double[] w2 = [.. Enumerable.Range(0, H).Select(h => (double)network.W2[h])];
        double Strength(int d) => Enumerable.Range(0, H).Sum(h => Math.Abs(Weight(h, d) * w2[h]));

        int[] units = [.. Enumerable.Range(0, H).OrderByDescending(h => Math.Abs(w2[h])).Take(MostUnits).OrderByDescending(h => w2[h])];
        int[] inputs = [.. Enumerable.Range(0, D).OrderByDescending(Strength).Take(MostInputs)];
        double largest = Math.Max(1e-12, units.Max(h => inputs.Max(d => Math.Abs(Weight(h, d))))),
            largest2 = Math.Max(1e-12, units.Max(h => Math.Abs(w2[h])));
        string Cell(double value, double of, string title) =>
            $"<td class=\"{(value >= 0 ? "yes" : "no")}\" style=\"--s:{Html.At(Math.Round(Math.Sqrt(Math.Abs(value) / of) * 100))}%\" " +
            $"title=\"{Html.Escape(title)}\"></td>";
        string Row(string name, string style, Func<int, double> value, double of) =>
            $"<tr{style}><th scope=\"row\">{Html.Name(name)}</th>" +
            string.Concat(units.Select(h => Cell(value(h), of, $"{name}, unit {h + 1}: {Html.Short(value(h))}"))) + "</tr>\n";
        string map = "<table class=\"map\" aria-hidden=\"true\"><tbody>" + Row("W2 (output)", " class=\"output\"", h => w2[h], largest2) +
            string.Concat(inputs.Select(d => Row(data.TrainingInputs.InputNames[d], "", h => Weight(h, d), largest))) +
                "</tbody></table>\n";
        string left = (units.Length < H ? $" Shown are the {units.Length} of {H} hidden units with the largest W2." : "") +
            (inputs.Length < D ? $" Shown are the {inputs.Length} of {D} inputs with the largest weights." : "");
        return Section.Of("weights", "Weights", Section.Legend(("yes", "positive"), ("no", "negative")) + map +
            $"<p>A column for each hidden unit, from the one that speaks most for “{Html.Escape(data.Profile.Labels.Positive)}” " +
            "(left) to the one that speaks most against it. " +
            $"First row: W2. Below: W1, per standard deviation of the input; a unit’s strong inputs say what it looks for.{left}</p>\n" +
            Html.Numbers("Weights", ["", .. units.Select(h => $"unit {h + 1}")],
            [
                ["W2", .. units.Select(h => Html.Short(w2[h]))],
                ["b1", .. units.Select(h => Html.Short(network.B1[h]))],
                .. inputs.Select(d => (IReadOnlyList<string>)[data.TrainingInputs.InputNames[d],
                    .. units.Select(h => Html.Short(Weight(h, d)))]),
            ]), wide: true);
    }

    private static double[] Deviations(FeatureRows rows)
    {
        var deviations = new double[rows.D];
        for (int d = 0; d < rows.D; d++)
        {
            double sum = 0, squares = 0;
            for (int i = 0; i < rows.Count; i++)
                sum += rows.Row(i)[d];
            double mean = sum / rows.Count;
            for (int i = 0; i < rows.Count; i++)
                squares += Math.Pow(rows.Row(i)[d] - mean, 2);
            deviations[d] = Math.Sqrt(squares / rows.Count);
        }

        return deviations;
    }
}
