using System.Globalization;
using Microsoft.ML;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;
using Spectre.Console;

namespace MlNetShallowNet.Samples.Output;

/// <summary>Shows, for the first rows, what adds most to their scores.</summary>
internal static class ContributionDisplay
{
    private const int Rows = 3;
    private const int Parts = 5;

    /// <param name="explained">The rows, with the column of <paramref name="contributions"/>.</param>
    /// <param name="labels">The label's values.</param>
    /// <param name="contributions">What adds to each score.</param>
    public static void Show(IDataView explained, LabelValues labels, Contributions contributions)
    {
        DataViewSchema.Column score = explained.Schema["Score"];
        using DataViewRowCursor cursor = explained.GetRowCursor([score, Contributions.ColumnOf(explained)]);
        ValueGetter<float> scoreOf = cursor.GetGetter<float>(score);
        Func<float, double[]> partsOf = contributions.Reader(cursor);
        Terminal.Heading($"What makes the first rows '{Shown.Short(labels.Positive)}' (+) or '{Shown.Short(labels.Negative)}' (-)");
        Table table = new Table().AddColumn("Row").AddColumn(Terminal.RightAligned("Average row")).AddColumn("Largest contributions")
            .AddColumn(Terminal.RightAligned("Others")).AddColumn(Terminal.RightAligned("Score"));
        for (int i = 1; i <= Rows && cursor.MoveNext(); i++)
        {
            float s = 0;
            scoreOf(ref s);
            double[] all = partsOf(s);
            int[] largest = [.. Enumerable.Range(0, all.Length).OrderByDescending(c => Math.Abs(all[c])).Take(Parts)];
            table.AddRow(
                $"{i}",
                Signed(contributions.BaselineScore),
                Markup.Escape(string.Join(", ", largest.Select(c => $"{Shown.Short(contributions.Columns[c].Name)} {Signed(all[c])}"))),
                Signed(all.Sum() - largest.Sum(c => all[c])),
                Signed(s));
        }
        Terminal.Out.Write(table);
        Terminal.Line("In log-odds. An average row has every number at its mean in training and no word set.");
    }

    private static string Signed(double value) => value.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);
}
