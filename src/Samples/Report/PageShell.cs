using System.Security.Cryptography;
using System.Text;
using MlNetShallowNet.Samples.Report.Drawing;

namespace MlNetShallowNet.Samples.Report;

/// <summary>A page: one file that needs nothing else. Its one script is in it; the policy lets no other run and nothing be fetched.</summary>
internal static class PageShell
{
    private static readonly string _script = ReadScript();

    /// <summary>Writes a page.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="kind">What kind of page it is, for the browser's tab.</param>
    /// <param name="lead">The sentences under the title.</param>
    /// <param name="body">Its sections; HTML.</param>
    /// <param name="data">What the script reads; HTML.</param>
    public static string Write(string title, string kind, string lead, string body, string data = "")
    {
        var page = new StringBuilder();
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(_script)));
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; ")
            .Append($"script-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n")
            .Append($"<title>{Html.Escape(title)} – {kind}</title>\n<style>\n{ReportStyle.Css}\n</style>\n</head>\n<body>\n");
        page.Append($"<header>\n<h1>{Html.Escape(title)}</h1>\n<p>{Html.Escape(lead)}</p>\n</header>\n<main>\n");
        page.Append(body);
        page.Append("</main>\n<footer>Made by MlNetShallowNet.</footer>\n").Append(data)
            .Append($"<script>{_script}</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static string ReadScript()
    {
        using Stream stream = typeof(PageShell).Assembly.GetManifestResourceStream("report.js")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
