using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MlNetShallowNet.Samples.Commands.Explain.Pages;

/// <summary>The page: one file that asks nothing of the network; its policy lets run the script and the style in it and nothing else.</summary>
internal static partial class LessonPage
{
    // In this order: each uses what stands before it.
    private static readonly string[] _scripts =
        ["mathematics", "mistakes", "numbers", "check", "descent", "steps", "drawings", "predictions", "page"];

    /// <summary>Writes the page.</summary>
    /// <param name="subject">The network and its examples.</param>
    /// <param name="notes">What the reader should know about them, in sentences.</param>
    /// <param name="options">The options that give the same subject to the other explanations.</param>
    public static string Write(Subject subject, IReadOnlyList<string> notes, string options)
    {
        string style = Punctuation().Replace(Short(PageResource.Read("lesson.css")), "$1");
        string script = "\"use strict\";\n" + ScriptText.WithoutBlanks(string.Concat(_scripts.Select(name => Short(PageResource.Read($"{name}.js")))));
        string policy = $"default-src 'none'; script-src '{Hash(script)}'; style-src '{Hash(style)}'; img-src data:; base-uri 'none'; form-action 'none'";
        return Short(PageResource.Read("lesson.html"))
            .Replace("{{policy}}", policy)
            .Replace("{{style}}", style)
            .Replace("{{script}}", script)
            .Replace("{{data}}", LessonData.Write(subject, notes, options));
    }

    // Indentation and comments are for those who write the page, not for those who load it.
    private static string Short(string text) => string.Concat(text.Split('\n')
        .Select(line => Comment().Replace(line, "").Trim())
        .Where(line => line.Length > 0 && !line.StartsWith("// ", StringComparison.Ordinal) && !line.StartsWith("/** ", StringComparison.Ordinal))
        .Select(line => $"{line}\n"));

    private static string Hash(string content) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}";

    [GeneratedRegex(@"(?<=[;,{)]) // [^""'`]*$")]
    private static partial Regex Comment();

    // In a style sheet no blank counts beside these.
    [GeneratedRegex(@"\s*([{};,])\s*|(?<=[a-z0-9-]:)\s+")]
    private static partial Regex Punctuation();
}
