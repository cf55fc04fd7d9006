using MlNetShallowNet.Samples.Report.Drawing;

namespace MlNetShallowNet.Samples.Report.Charts;

/// <summary>A part of the page with a heading of its own.</summary>
internal static class Section
{
    public static string Of(string id, string heading, string content, bool wide = false) =>
        $"<section id=\"{id}\"{(wide ? " class=\"wide\"" : "")}>\n<h2>{Html.Escape(heading)}</h2>\n{content}</section>\n";

    /// <summary>What the colours stand for; entries without a style are left out.</summary>
    public static string Legend(params (string? Style, string Name)[] entries) =>
        "<p class=\"legend\">" + string.Join(' ', entries.Where(e => e.Style is not null).Select(e =>
            $"<span><i class=\"key {e.Style}\"></i>{Html.Escape(e.Name)}</span>")) + "</p>\n";
}
