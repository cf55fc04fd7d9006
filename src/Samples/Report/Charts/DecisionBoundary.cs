using System.Text;
using MlNetShallowNet.Samples.Report.Drawing;
using MlNetShallowNet.Samples.Report.Statistics;

namespace MlNetShallowNet.Samples.Report.Charts;

/// <summary>For two inputs: the course's picture, with the points on a ground that shows the network's probability.</summary>
internal static class DecisionBoundary
{
    private const int Cells = 96;
    private const int Levels = 10;
    private const int MostPoints = 1500;

    public static bool CanDraw(ReportData data) => data.Network.FeatureCount == 2;

    public static string Draw(ReportData data)
    {
        Plot plot = Picture(data.Network, data.TrainingInputs, data.Training.Labels, data.IsHeldOut ? data.TestingInputs : null,
            data.Testing.Labels);
        return Section.Of("boundary", "Decision boundary",
            Section.Legend(("yes", data.Profile.Labels.Positive), ("no", data.Profile.Labels.Negative),
                (data.IsHeldOut ? "ringed" : null, "held out")) +
            plot.ToSvg("Decision boundary", "The points of both classes on the network's probability; the line is probability one half.") +
            "<p>The stronger the colour, the surer the network. The line is probability ½.</p>\n");
    }

    /// <summary>The picture alone.</summary>
    public static Plot Picture(
        ShallowNetworkModelParameters network, FeatureRows training, bool[] trainingLabels, FeatureRows? unseen,
            bool[] unseenLabels, double height = 340)
    {
        (double x0, double x1) = Range(training, unseen, 0);
        (double y0, double y1) = Range(training, unseen, 1);
        var plot = new Plot((x0, x1, training.InputNames[0]), (y0, y1, training.InputNames[1]), height);
        double[,] scores = Scores(network, x0, x1, y0, y1);
        Ground(plot, scores, x0, x1, y0, y1);
        plot.Raw($"<path class=\"boundary\" d=\"{Contour(plot, scores, x0, x1, y0, y1)}\"/>");
        Points(plot, training, trainingLabels, "point");
        if (unseen is not null)
            Points(plot, unseen, unseenLabels, "point held");
        return plot;
    }

    private static (double, double) Range(FeatureRows a, FeatureRows? b, int d)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (FeatureRows rows in b is null ? (FeatureRows[])[a] : [a, b])
        {
            for (int i = 0; i < rows.Count; i++)
            {
                low = Math.Min(low, rows.Row(i)[d]);
                high = Math.Max(high, rows.Row(i)[d]);
            }
        }

        double margin = high > low ? 0.06 * (high - low) : 1;
        return (low - margin, high + margin);
    }

    private static double[,] Scores(ShallowNetworkModelParameters network, double x0, double x1, double y0, double y1)
    {
        var scores = new double[Cells + 1, Cells + 1];
        for (int r = 0; r <= Cells; r++)
        {
            for (int c = 0; c <= Cells; c++)
                scores[r, c] = network.Score([(float)(x0 + (x1 - x0) * c / Cells), (float)(y0 + (y1 - y0) * r / Cells)]);
        }

        return scores;
    }

    // One path for each level, of stripes of neighbouring cells: many single cells would make the page large.
    private static void Ground(Plot plot, double[,] scores, double x0, double x1, double y0, double y1)
    {
        var paths = new StringBuilder[Levels];
        for (int r = 0; r < Cells; r++)
        {
            for (int c = 0; c < Cells;)
            {
                int level = Level(scores, r, c), end = c + 1;
                while (end < Cells && Level(scores, r, end) == level)
                    end++;
                string X(int column) => plot.X(x0 + (x1 - x0) * column / Cells);
                string Y(int row) => plot.Y(y0 + (y1 - y0) * row / Cells);
                (paths[level] ??= new StringBuilder()).Append($"M{X(c)} {Y(r)}H{X(end)}V{Y(r + 1)}H{X(c)}z");
                c = end;
            }
        }

        for (int level = 0; level < Levels; level++)
        {
            int strength = level >= Levels / 2 ? level - Levels / 2 : Levels / 2 - 1 - level;
            if (paths[level] is not null)
                plot.Raw($"<path class=\"{(level >= Levels / 2 ? "yes" : "no")} ground g{strength}\" d=\"{paths[level]}\"/>");
        }
    }

    private static int Level(double[,] scores, int r, int c)
    {
        double score = (scores[r, c] + scores[r + 1, c] + scores[r, c + 1] + scores[r + 1, c + 1]) / 4;
        return Math.Clamp((int)(Levels / (1 + Math.Exp(-score))), 0, Levels - 1);
    }

    // Marching squares on score = 0: in each cell the edges whose ends have different signs are joined.
    private static string Contour(Plot plot, double[,] s, double x0, double x1, double y0, double y1)
    {
        var path = new StringBuilder();
        for (int r = 0; r < Cells; r++)
        {
            for (int c = 0; c < Cells; c++)
            {
                var crossings = new List<(double R, double C)>(4);
                void Edge(int ra, int ca, int rb, int cb)
                {
                    double a = s[ra, ca], b = s[rb, cb];
                    if (a > 0 != b > 0)
                        crossings.Add((ra + (rb - ra) * a / (a - b), ca + (cb - ca) * a / (a - b)));
                }

                Edge(r, c, r, c + 1);
                Edge(r, c + 1, r + 1, c + 1);
                Edge(r + 1, c + 1, r + 1, c);
                Edge(r + 1, c, r, c);
                for (int k = 0; k + 1 < crossings.Count; k += 2)
                {
                    path.Append('M').Append(Point(crossings[k])).Append('L').Append(Point(crossings[k + 1]));
                }
            }
        }

        return path.Length == 0 ? "M0 0" : path.ToString();

        string Point((double R, double C) p) => $"{plot.X(x0 + (x1 - x0) * p.C / Cells)} {plot.Y(y0 + (y1 - y0) * p.R / Cells)}";
    }

    private static void Points(Plot plot, FeatureRows rows, bool[] labels, string style)
    {
        int shown = Math.Min(rows.Count, MostPoints);
        for (int k = 0; k < shown; k++)
        {
            int i = (int)((long)k * rows.Count / shown);
            plot.Dot($"{style} {(labels[i] ? "yes" : "no")}", rows.Row(i)[0], rows.Row(i)[1], 2.4);
        }
    }
}
