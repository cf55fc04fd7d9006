using MlNetShallowNet.Samples.Report.Drawing;
using MlNetShallowNet.Samples.Report.Statistics;

namespace MlNetShallowNet.Samples.Report.Charts;

/// <summary>Which columns the network relies on.</summary>
internal static class Importances
{
    private const int Shown = 30;
    private const int MostRows = 5000;

    public static string Draw(ReportData data)
    {
        (FeatureRows inputs, bool[] labels) = Sample(data.TestingInputs!, data.Testing.Labels);
        IReadOnlyList<PermutationImportance> all = PermutationImportance.Measure(data.Network!, inputs, labels, data.Seed);
        double longest = Math.Max(1e-9, all.Max(i => Math.Abs(i.Drop)));
        string bars = string.Concat(all.Take(Shown).Select(i =>
            $"<tr><th scope=\"row\">{Html.Name(i.Column)}</th><td class=\"bar\"><div " +
            $"style=\"width:{Html.At(Math.Max(0, i.Drop) / longest * 100)}%\"></div></td>" +
            $"<td>{Html.Fixed(i.Drop, 4)}</td><td class=\"muted\">± {Html.Fixed(i.Deviation, 4)}</td></tr>\n"));
        int columns = inputs.Columns.Count;
        string rest = columns > all.Count ? $" Measured for the {all.Count} of {Html.Count(columns)} columns that add most to the scores of some rows." : "";
        rest += columns > Shown ? $" The {Html.Count(columns - Shown)} columns that matter least are not shown." : "";
        string sample = inputs.Count < data.Testing.Count ? $" Measured on {Html.Count(inputs.Count)} of the " +
            $"{Html.Count(data.Testing.Count)} rows." : "";
        return Section.Of("importance", "What the network relies on",
            "<table class=\"bars\" aria-label=\"Permutation importance\"><thead><tr><th " +
            "scope=\"col\">column</th><td></td>" +
            "<th scope=\"col\">loss of AUC</th><th scope=\"col\" " +
            $"class=\"muted\">spread</th></tr></thead>\n<tbody>{bars}</tbody></table>\n" +
            "<p>How much AUC is lost when a column’s values are shuffled among the rows (mean and standard deviation of " +
            $"{PermutationImportance.Repetitions} shuffles; all inputs of a column together). " +
            "Columns that say the same can stand in for each other, so that none of them seems to " +
            $"matter.{rest}{sample}</p>\n", wide: true);
    }

    private static (FeatureRows Rows, bool[] Labels) Sample(FeatureRows rows, bool[] labels)
    {
        if (rows.Count <= MostRows)
            return (rows, labels);
        int[] chosen = rows.Evenly(MostRows);
        return (rows with { Values = [.. chosen.Select(i => rows.Values[i])] }, [.. chosen.Select(i => labels[i])]);
    }
}
