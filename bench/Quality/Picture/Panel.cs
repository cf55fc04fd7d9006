using System.Globalization;
using System.Text;

namespace MlNetShallowNet.Quality.Picture;

/// <summary>A diagram of the picture: points of every trainer, ours in full colour.</summary>
internal sealed record Panel(string Title, string XLabel, string YLabel, bool LogX, bool LogY, IReadOnlyList<Series> Series)
{
    public const double Width = 300;
    public const double Height = 290;

    private const double Left = 52, Right = 28, Top = 42, Bottom = 44;

    /// <summary>The panel as SVG, its left upper corner at the given place.</summary>
    public string Draw(double left)
    {
        (double X, double Y)[] all = [.. Series.SelectMany(s => s.Points)];
        var x = new Axis(all.Select(p => p.X), LogX, Left, Width - Right);
        var y = new Axis(all.Select(p => p.Y), LogY, Height - Bottom, Top);
        var svg = new StringBuilder();
        Line($"<g transform='translate({left} 0)'>");
        Line($"<text class='title' x='{Left}' y='22'>{Title}</text>");
        foreach (double tick in y.Ticks())
        {
            Line($"<path class='grid' d='M{Left} {y.Place(tick):F1}H{Width - Right}'/>");
            Line($"<text class='tick' text-anchor='end' x='{Left - 5}' y='{y.Place(tick) + 4:F1}'>{Axis.Text(tick)}</text>");
        }

        foreach (double tick in x.Ticks())
            Line($"<text class='tick' text-anchor='middle' x='{x.Place(tick):F1}' y='{Height - Bottom + 16}'>{Axis.Text(tick)}</text>");
        Line($"<text class='tick' text-anchor='middle' x='{(Left + Width - Right) / 2}' y='{Height - 10}'>{XLabel}</text>");
        Line($"<text class='tick' x='{Left}' y='36'>{YLabel}</text>");
        foreach (Series series in Series.OrderBy(s => s.IsOurs))
            Draw(series);
        Line($"</g>");
        return svg.ToString();

        void Draw(Series series)
        {
            string kind = series.IsOurs ? "ours" : series.Trainer;
            if (series.Points.Count > 1)
            {
                string path = string.Join('L', series.Points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{x.Place(p.X):F1} {y.Place(p.Y):F1}")));
                Line($"<path class='line {kind}' d='M{path}'/>");
            }

            foreach ((double X, double Y) point in series.Points)
                Line($"<circle class='{kind}' cx='{x.Place(point.X):F1}' cy='{y.Place(point.Y):F1}' r='{(series.IsOurs ? 5 : 4)}'/>");
        }

        void Line(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
