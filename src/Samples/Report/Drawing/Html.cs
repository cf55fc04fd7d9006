using System.Globalization;
using System.Net;

namespace MlNetShallowNet.Samples.Report.Drawing;

/// <summary>Text and numbers as they stand in HTML and SVG.</summary>
internal static class Html
{
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A name that may break where its words are joined, so that a phone need not cut a word.</summary>
    public static string Name(string name) => name.Length <= 8 ? Escape(name) : Escape(name).Replace("_", "_<wbr>").Replace(".", ".<wbr>");

    /// <summary>A coordinate.</summary>
    public static string At(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A figure with so many decimals; a dash for none.</summary>
    public static string Fixed(double value, int decimals = 3)
    {
        if (!double.IsFinite(value))
            return "–";
        string text = value.ToString("F" + decimals, CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAnyInRange('1', '9') < 0 ? text.TrimStart('-') : text; // no minus before a zero
    }

    /// <summary>A figure that a program can read with all its digits.</summary>
    public static string Figure(string id, double value, int decimals = 3) =>
        $"<data id=\"{id}\" value=\"{value.ToString("R", CultureInfo.InvariantCulture)}\">{Fixed(value, decimals)}</data>";

    /// <summary>A number with three significant digits.</summary>
    public static string Short(double value) => value == 0 ? "0" : value.ToString("G3", CultureInfo.InvariantCulture).Replace("E", "e");

    /// <summary>A round number on an axis.</summary>
    public static string Tick(double value) => value == 0 ? "0" : value.ToString("G6", CultureInfo.InvariantCulture).Replace("E", "e");

    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => !double.IsFinite(share) ? "–" : (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A table that can be wider than a phone: it scrolls within its own frame. The first column heads the rows.</summary>
    public static string Table(string caption, IReadOnlyList<string> heading, IEnumerable<IReadOnlyList<string>> rows)
    {
        string head = string.Concat(heading.Select(h => $"<th scope=\"col\">{Escape(h)}</th>"));
        string body = string.Concat(rows.Select(r =>
            $"<tr><th scope=\"row\">{Name(r[0])}</th>{string.Concat(r.Skip(1).Select(c => $"<td>{Escape(c)}</td>"))}</tr>\n"));
        return $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Escape(caption)}\"><table " +
            $"aria-label=\"{Escape(caption)}\"><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>\n";
    }

    /// <summary>The numbers behind a picture, folded away.</summary>
    public static string Numbers(string caption, IReadOnlyList<string> heading, IEnumerable<IReadOnlyList<string>> rows) =>
        $"<details><summary>Show the numbers</summary>{Table(caption, heading, rows)}</details>\n";
}
