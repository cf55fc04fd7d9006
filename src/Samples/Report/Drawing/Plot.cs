using System.Text;
using System.Text.Json;

namespace MlNetShallowNet.Samples.Report.Drawing;

/// <summary>
/// A picture with two axes. It is drawn for a width of 360, so that a phone shows its letters in their own size; colours come from the
/// page's style.
/// </summary>
internal sealed class Plot
{
    private const double Width = 360, LeastLeft = 46, Right = 12, Top = 10, Bottom = 42;
    private const double Digit = 6.6, NameAt = 9; // the width of a digit, the middle of the vertical axis' name

    private readonly StringBuilder _body = new();
    private readonly List<object[]> _readings = [];
    private readonly double _left, _height, _x0, _x1, _y0, _y1;

    /// <summary>An empty picture with its grid.</summary>
    /// <param name="x">The range of the horizontal axis and its name.</param>
    /// <param name="y">The range of the vertical axis and its name.</param>
    /// <param name="height">The picture's height; its width is 360.</param>
    /// <param name="heightText">What a number on the vertical axis is called.</param>
    public Plot(
        (double Low, double High, string Name) x,
        (double Low, double High, string Name) y,
        double height = 280,
        Func<double, string>? heightText = null)
    {
        heightText ??= Html.Tick;
        (_height, _x0, _x1, _y0, _y1) = (height, x.Low, x.High, y.Low, y.High);
        // Between the name and the axis there is room for the longest number.
        _left = Math.Max(LeastLeft, NameAt + 16 + Digit * Ticks.Between(y.Low, y.High).Max(tick => heightText(tick).Length));
        foreach (double tick in Ticks.Between(x.Low, x.High))
        {
            Raw($"<line class=\"grid\" x1=\"{X(tick)}\" x2=\"{X(tick)}\" y1=\"{At(Top)}\" y2=\"{At(Floor)}\"/>");
            Raw($"<text class=\"tick\" x=\"{X(tick)}\" y=\"{At(Floor + 15)}\" text-anchor=\"middle\">{Html.Tick(tick)}</text>");
        }

        foreach (double tick in Ticks.Between(y.Low, y.High))
        {
            Raw($"<line class=\"grid\" x1=\"{At(_left)}\" x2=\"{At(Width - Right)}\" y1=\"{Y(tick)}\" y2=\"{Y(tick)}\"/>");
            Raw($"<text class=\"tick\" x=\"{At(_left - 6)}\" y=\"{Y(tick)}\" dy=\"0.35em\" text-anchor=\"end\">{heightText(tick)}</text>");
        }

        Raw($"<text class=\"name\" x=\"{At((_left + Width - Right) / 2)}\" y=\"{At(height - 6)}\" " +
            $"text-anchor=\"middle\">{Html.Escape(Fit(x.Name, 44))}</text>");
        if (y.Name.Length == 0)
            return;
        double middle = (Top + Floor) / 2;
        Raw($"<text class=\"name\" transform=\"rotate(-90 {At(NameAt)} {At(middle)})\" x=\"{At(NameAt)}\" y=\"{At(middle)}\" dy=\"0.35em\" " +
            $"text-anchor=\"middle\">{Html.Escape(Fit(y.Name, 34))}</text>");
    }

    private double Floor => _height - Bottom;

    /// <summary>Straight lines through points.</summary>
    public Plot Line(string style, IEnumerable<(double X, double Y)> points)
    {
        string path = string.Join('L', points.Select(p => $"{X(p.X)} {Y(p.Y)}"));
        return path.Length == 0 ? this : Raw($"<path class=\"{style}\" d=\"M{path}\"/>");
    }

    /// <summary>Steps: each point's height holds from the point before it.</summary>
    public Plot Steps(string style, IReadOnlyList<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        for (int i = 0; i < points.Count; i++)
            path.Append(i == 0 ? $"M{X(0)} {Y(points[0].Y)}H{X(points[0].X)}" : $"V{Y(points[i].Y)}H{X(points[i].X)}");
        return Raw($"<path class=\"{style}\" d=\"{path}\"/>");
    }

    public Plot Dot(string style, double x, double y, double radius, string? title = null) =>
        Raw($"<circle class=\"{style}\" cx=\"{X(x)}\" cy=\"{Y(y)}\" r=\"{At(radius)}\">{Title(title)}</circle>");

    /// <summary>A diamond: the second class is told by its shape as well as by its colour.</summary>
    public Plot Diamond(string style, double x, double y, double radius)
    {
        (double px, double py) = (PixelX(x), PixelY(y));
        return Raw($"<path class=\"{style}\" d=\"M{At(px - radius)} {At(py)}L{At(px)} {At(py - radius)}L{At(px + radius)} {At(py)}" +
            $"L{At(px)} {At(py + radius)}z\"/>");
    }

    /// <summary>What a reader who points there, or comes there by arrow keys, is told.</summary>
    public Plot Reading(double x, double y, string text)
    {
        _readings.Add([Math.Round(PixelX(x), 1), Math.Round(PixelY(y), 1), text]);
        return this;
    }

    public Plot Bar(string style, double x0, double x1, double y0, double y1, string? title = null) =>
        Raw($"<rect class=\"{style}\" x=\"{X(x0)}\" y=\"{Y(y1)}\" width=\"{At(PixelX(x1) - PixelX(x0))}\" " +
            $"height=\"{At(PixelY(y0) - PixelY(y1))}\">{Title(title)}</rect>");

    /// <summary>Words at a point; those in the right half stand to the left of it.</summary>
    public Plot Words(string text, double x, double y, double dx = 6, double dy = 0)
    {
        bool toTheLeft = PixelX(x) > Width * 0.55;
        return Raw($"<text class=\"words\" x=\"{At(PixelX(x) + (toTheLeft ? -dx : dx))}\" y=\"{At(PixelY(y) + dy)}\" dy=\"0.35em\" " +
            $"text-anchor=\"{(toTheLeft ? "end" : "start")}\">{Html.Escape(text)}</text>");
    }

    public Plot Raw(string svg)
    {
        _body.Append(svg).Append('\n');
        return this;
    }

    /// <summary>The picture, named for those who can't see it.</summary>
    public string ToSvg(string title, string description)
    {
        string svg = $"<svg viewBox=\"0 0 {At(Width)} {At(_height)}\" role=\"img\" aria-label=\"{Html.Escape(title)}. " +
            $"{Html.Escape(description)}\" data-scale=\"{Numbers(_x0, _x1, _left, Width - Right, _y0, _y1, Floor, Top)}\">\n" +
            $"<title>{Html.Escape(title)}</title>\n{_body}";
        if (_readings.Count == 0)
            return svg + "</svg>\n";
        string readings = Html.Escape(JsonSerializer.Serialize(_readings));
        return $"<div class=\"plot\" tabindex=\"0\" role=\"group\" aria-label=\"{Html.Escape(title)}: arrow keys read its points\" " +
            $"data-readings=\"{readings}\">\n{svg}<circle class=\"cursor\" r=\"6\"/>\n</svg>\n<p class=\"reading\" aria-live=\"polite\"></p></div>\n";
    }

    private static string Numbers(params double[] values) =>
        string.Join(' ', values.Select(v => v.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>The picture as a file of its own, with its title above and colours for light and dark.</summary>
    public string ToFile(string title, string description)
    {
        const double Head = 26;
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 {At(-Head)} {At(Width)} {At(_height + Head)}\" " +
            $"width=\"{At(Width)}\" " +
            $"height=\"{At(_height + Head)}\" role=\"img\">\n" +
            $"<title>{Html.Escape(title)}</title>\n<desc>{Html.Escape(description)}</desc>\n" +
            $"<style>\n{ReportStyle.Picture}\n</style>\n" +
            $"<rect class=\"card\" x=\"0\" y=\"{At(-Head)}\" width=\"{At(Width)}\" height=\"{At(_height + Head)}\"/>\n" +
            $"<text class=\"title\" x=\"{At((_left + Width - Right) / 2)}\" y=\"-8\" " +
            $"text-anchor=\"middle\">{Html.Escape(title)}</text>\n{_body}</svg>\n";
    }

    public string X(double value) => At(PixelX(value));

    public string Y(double value) => At(PixelY(value));

    private double PixelX(double value) => _left + (value - _x0) / (_x1 - _x0) * (Width - _left - Right);

    private double PixelY(double value) => Floor - (value - _y0) / (_y1 - _y0) * (Floor - Top);

    private static string At(double value) => Html.At(value);

    private static string Title(string? title) => title is null ? "" : $"<title>{Html.Escape(title)}</title>";

    private static string Fit(string name, int length) => name.Length <= length ? name : name[..(length - 1)] + "…";
}
