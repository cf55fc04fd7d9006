using System.Text;
using MlNetShallowNet.Samples.Report.Drawing;
using MlNetShallowNet.Samples.Report.Statistics;

namespace MlNetShallowNet.Samples.Report.Charts;

/// <summary>For two inputs: the course's picture, with the points on a ground that shows the network's probability.</summary>
internal static class DecisionBoundary
{
    private const int Cells = 96, CoarseCells = 48;
    private const int Levels = 10;
    private const int MostPoints = 1500;

    public static bool CanDraw(ReportData data) => data.Network?.FeatureCount == 2 && data.TestingInputs is not null;

    public static string Draw(ReportData data)
    {
        (FeatureRows first, bool[] firstLabels) = data.Training is { } training ? (training.Inputs, training.Rows.Labels)
            : (data.TestingInputs!, data.Testing.Labels);
        ShallowNetworkModelParameters network = data.Network!;
        bool isHeldOut = data.Training is { IsHeldOut: true };
        IReadOnlyList<BoundaryStage> stages = data.Training?.Stages ?? [];
        Plot plot = Picture(network, first, firstLabels, isHeldOut ? data.TestingInputs : null, data.Testing.Labels, 340, stages);
        string slider = stages.Count == 0 ? ""
            : $"<p class=\"control\" hidden><label for=\"stage\">After <output for=\"stage\" data-figure=\"stage\"></output></label>" +
                $"<input id=\"stage\" type=\"range\" min=\"0\" max=\"{stages.Count}\" value=\"{stages.Count}\"></p>\n";
        string bar = "<p class=\"colours\"><span>0</span>" + string.Concat(Enumerable.Range(0, Levels).Select(level =>
            $"<i class=\"{Side(level)} ground g{Strength(level)}\"></i>")) + "<span>1</span> probability</p>\n";
        int members = network.History.Members.Count;
        string epochs = stages.Count > 0 && members > 0
            ? $" This one is joined from {members}: before the end, as they were after so many epochs; a line and trees may stand beside them at the end." : "";
        return Section.Of("boundary", "Decision boundary",
            Section.Legend(("yes", data.Labels.Positive), ("no", data.Labels.Negative), (isHeldOut ? "ringed" : null, "held out"),
                ("edge", "probability ½")) + slider +
            plot.ToSvg("Decision boundary", "The points of both classes on the network's probability; the line is probability one half.") +
            bar + $"<p>The stronger the colour, the surer the network.{epochs}</p>\n");
    }

    /// <summary>The picture alone.</summary>
    public static Plot Picture(
        ShallowNetworkModelParameters network, FeatureRows training, bool[] trainingLabels, FeatureRows? unseen,
            bool[] unseenLabels, double height = 340, IReadOnlyList<BoundaryStage>? stages = null)
    {
        (double x0, double x1) = Range(training, unseen, 0);
        (double y0, double y1) = Range(training, unseen, 1);
        var plot = new Plot((x0, x1, training.InputNames[0]), (y0, y1, training.InputNames[1]), height);
        void Area(ShallowNetworkModelParameters shown, int cells)
        {
            double[,] scores = Scores(shown, cells, x0, x1, y0, y1);
            Ground(plot, scores, cells, x0, x1, y0, y1);
            plot.Raw($"<path class=\"boundary\" d=\"{Contour(plot, scores, cells, x0, x1, y0, y1)}\"/>");
        }

        foreach (BoundaryStage stage in stages ?? [])
        {
            plot.Raw($"<g class=\"stage\" data-name=\"epoch {stage.Epoch}\" style=\"display:none\">");
            Area(stage.Network, CoarseCells);
            plot.Raw("</g>");
        }

        plot.Raw($"<g class=\"stage\" data-name=\"{(network.History.BestEpoch > 0 ? $"epoch {network.History.BestEpoch}, the end" : "the end")}\">");
        Area(network, Cells);
        plot.Raw("</g>");
        Points(plot, training, trainingLabels, "point");
        if (unseen is not null)
            Points(plot, unseen, unseenLabels, "point held");
        return plot;
    }

    private static string Side(int level) => level >= Levels / 2 ? "yes" : "no";

    private static int Strength(int level) => level >= Levels / 2 ? level - Levels / 2 : Levels / 2 - 1 - level;

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

    private static double[,] Scores(ShallowNetworkModelParameters network, int cells, double x0, double x1, double y0, double y1)
    {
        var scores = new double[cells + 1, cells + 1];
        for (int r = 0; r <= cells; r++)
        {
            for (int c = 0; c <= cells; c++)
                scores[r, c] = network.Score([(float)(x0 + (x1 - x0) * c / cells), (float)(y0 + (y1 - y0) * r / cells)]);
        }

        return scores;
    }

    // One path for each level, of stripes of neighbouring cells: many single cells would make the page large.
    private static void Ground(Plot plot, double[,] scores, int cells, double x0, double x1, double y0, double y1)
    {
        var paths = new StringBuilder[Levels];
        for (int r = 0; r < cells; r++)
        {
            for (int c = 0; c < cells;)
            {
                int level = Level(scores, r, c), end = c + 1;
                while (end < cells && Level(scores, r, end) == level)
                    end++;
                string X(int column) => plot.X(x0 + (x1 - x0) * column / cells);
                string Y(int row) => plot.Y(y0 + (y1 - y0) * row / cells);
                (paths[level] ??= new StringBuilder()).Append($"M{X(c)} {Y(r)}H{X(end)}V{Y(r + 1)}H{X(c)}z");
                c = end;
            }
        }

        for (int level = 0; level < Levels; level++)
        {
            if (paths[level] is not null)
                plot.Raw($"<path class=\"{Side(level)} ground g{Strength(level)}\" d=\"{paths[level]}\"/>");
        }
    }

    private static int Level(double[,] scores, int r, int c)
    {
        double score = (scores[r, c] + scores[r + 1, c] + scores[r, c + 1] + scores[r + 1, c + 1]) / 4;
        return Math.Clamp((int)(Levels / (1 + Math.Exp(-score))), 0, Levels - 1);
    }

    // Marching squares on score = 0: in each cell the edges whose ends have different signs are joined.
    private static string Contour(Plot plot, double[,] s, int cells, double x0, double x1, double y0, double y1)
    {
        var path = new StringBuilder();
        for (int r = 0; r < cells; r++)
        {
            for (int c = 0; c < cells; c++)
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

        string Point((double R, double C) p) => $"{plot.X(x0 + (x1 - x0) * p.C / cells)} {plot.Y(y0 + (y1 - y0) * p.R / cells)}";
    }

    private static void Points(Plot plot, FeatureRows rows, bool[] labels, string style)
    {
        foreach (int i in rows.Evenly(MostPoints))
        {
            if (labels[i])
                plot.Dot($"{style} yes", rows.Row(i)[0], rows.Row(i)[1], 2.4);
            else
                plot.Diamond($"{style} no", rows.Row(i)[0], rows.Row(i)[1], 3);
        }
    }
}
