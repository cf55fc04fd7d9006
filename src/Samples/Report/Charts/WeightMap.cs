using MlNetShallowNet.Samples.Report.Drawing;
using MlNetShallowNet.Samples.Report.Statistics;

namespace MlNetShallowNet.Samples.Report.Charts;

/// <summary>The network's weights as colours: a column for each hidden unit, a row for each input.</summary>
internal static class WeightMap
{
    private const int MostInputs = 40;
    private const int MostUnits = 64;

    public static string Draw(ReportData data)
    {
        ShallowNetworkModelParameters network = data.Network!;
        FeatureRows rows = data.Training?.Inputs ?? data.TestingInputs!;
        int D = network.FeatureCount, H = network.HiddenUnits;
        double[] w2 = [.. Enumerable.Range(0, H).Select(h => (double)network.W2[h])];
        int[] units = [.. Enumerable.Range(0, H).OrderByDescending(h => Math.Abs(w2[h])).Take(MostUnits).OrderByDescending(h => w2[h])];
        var influences = new UnitInfluences(network, rows, units);
        double Weight(int h, int d) => influences.Of(h, d);
        double Strength(int d) => units.Sum(h => Math.Abs(Weight(h, d) * w2[h]));

        int[] inputs = [.. Enumerable.Range(0, D).OrderByDescending(Strength).Take(MostInputs)];
        double largest = Math.Max(1e-12, units.Max(h => inputs.Max(d => Math.Abs(Weight(h, d))))),
            largest2 = Math.Max(1e-12, units.Max(h => Math.Abs(w2[h])));
        string Cell(double value, double of, string title) =>
            $"<td class=\"{(value >= 0 ? "plus" : "minus")}\" style=\"--s:{Html.At(Math.Round(Math.Sqrt(Math.Abs(value) / of) * 100))}%\" " +
            $"title=\"{Html.Escape(title)}\"></td>";
        string Row(string name, string style, Func<int, double> value, double of) =>
            $"<tr{style}><th scope=\"row\">{Html.Name(name)}</th>" +
            string.Concat(units.Select(h => Cell(value(h), of, $"{name}, unit {h + 1}: {Html.Short(value(h))}"))) + "</tr>\n";
        string map = "<table class=\"map\" aria-hidden=\"true\"><tbody>" + Row("W2 (output)", " class=\"output\"", h => w2[h], largest2) +
            string.Concat(inputs.Select(d => Row(rows.InputNames[d], "", h => Weight(h, d), largest))) +
                "</tbody></table>\n";
        string left = (units.Length < H ? $" Shown are the {units.Length} of {H} hidden units with the largest W2." : "") +
            (inputs.Length < D ? $" Shown are the {inputs.Length} of {D} inputs with the largest weights." : "");
        string what = network.Encoding is null
            ? "Below: W1, per standard deviation of the input"
            : "Below: how much each input moves the unit, by all its weights in W1 together (standard deviation of what it adds to z over the " +
                "training rows; positive where more of the input means more)";
        return Section.Of("weights", "Weights", ColourBar(largest, largest2) + map +
            $"<p>A column for each hidden unit, from the one that speaks most for “{Html.Escape(data.Labels.Positive)}” " +
            "(left) to the one that speaks most against it. " +
            $"First row: W2. {what}; a unit’s strong inputs say what it looks for.{left}</p>\n" +
            Html.Numbers("Weights", ["", .. units.Select(h => $"unit {h + 1}")],
            [
                ["W2", .. units.Select(h => Html.Short(w2[h]))],
                ["b1", .. units.Select(h => Html.Short(network.B1[h]))],
                .. inputs.Select(d => (IReadOnlyList<string>)[rows.InputNames[d],
                    .. units.Select(h => Html.Short(Weight(h, d)))]),
            ]), wide: true);
    }

    // Strength goes with the root of the weight, so that small weights can be told from none.
    private static string ColourBar(double largest, double largest2)
    {
        string Cell(double share) =>
            $"<i class=\"{(share >= 0 ? "plus" : "minus")}\" style=\"--s:{Html.At(Math.Round(Math.Sqrt(Math.Abs(share)) * 100))}%\"></i>";
        return "<p class=\"colours weights\"><span>negative</span>" + string.Concat(Enumerable.Range(-4, 9).Select(k => Cell(k / 4.0))) +
            $"<span>positive</span> up to ±{Html.Short(largest2)} in W2, ±{Html.Short(largest)} below</p>\n";
    }
}
