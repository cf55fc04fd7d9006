using System.Globalization;
using MlNetShallowNet.DataViews;

namespace MlNetShallowNet.Parts;

/// <summary>Finds parts that are not like the others, as those of sorted rows are.</summary>
internal static class PartDifferences
{
    // By how many standard deviations of the rows a part must differ to be told of, and by how many standard errors, so that a small part is
    // not told of for what is chance.
    private const double Deviations = 0.25, StandardErrors = 5;

    /// <summary>A sentence on the label and one on a feature, as far as parts differ by them; each names the part that differs most.</summary>
    /// <param name="parts">Each part's name, and what was counted of its rows.</param>
    public static IEnumerable<string> Of(IReadOnlyList<(string Name, RowCounts Rows)> parts)
    {
        if (parts.Count < 2)
            yield break;
        int D = parts[0].Rows.Moments.FeatureCount;
        double count = parts.Sum(p => p.Rows.Moments.Count);
        double share = parts.Sum(p => p.Rows.Weight.Positive) / parts.Sum(p => p.Rows.Weight.All);
        (string Name, double By, double Here) label = Most(
            share, Math.Sqrt(share * (1 - share)), p => p.Weight.Positive / p.Weight.All);
        if (label.By > 0)
        {
            yield return $"Parts differ: of {label.Name} {Percent(label.Here)} is positive, of all rows {Percent(share)}. " +
                "Are the rows sorted? Epochs mix them, but an estimate from parts that are not alike says less of fresh rows.";
        }

        (string Name, double By, double Here) most = default;
        (int feature, double overall) = (0, 0);
        for (int d = 0; d < D; d++)
        {
            double mean = parts.Sum(p => p.Rows.Moments.Count * p.Rows.Moments.Of(d).Mean) / count;
            double squares = parts.Sum(p => p.Rows.Moments.Count * (Square(p.Rows.Moments.Of(d).Deviation) + Square(p.Rows.Moments.Of(d).Mean - mean)));
            (string, double By, double) found = Most(mean, Math.Sqrt(squares / count), p => p.Moments.Of(d).Mean);
            if (found.By > most.By)
                (most, feature, overall) = (found, d, mean);
        }
        if (most.By > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"Parts differ: the mean of feature {feature} (counted from 0) is {most.Here:G4} in {most.Name} and {overall:G4} in all rows, {most.By:0.0} standard deviations apart. Are the rows sorted?");
        }

        (string Name, double By, double Here) Most(double all, double deviation, Func<RowCounts, double> of)
        {
            (string Name, double By, double Here) found = default;
            foreach ((string name, RowCounts rows) in parts)
            {
                double by = Math.Abs(of(rows) - all) / deviation;
                if (by > Math.Max(found.By, Math.Max(Deviations, StandardErrors / Math.Sqrt(rows.Moments.Count))))
                    found = (name, by, of(rows));
            }
            return found;
        }
    }

    private static double Square(double x) => x * x;

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");
}
