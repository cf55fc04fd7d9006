using System.Text.RegularExpressions;

namespace MlNetShallowNet.Samples.Commands.Explain.Pages;

/// <summary>The line of <c>TextbookNetwork.cs</c> that computes a symbol and its number, taken from the source that the library was built from.</summary>
internal static class TextbookSource
{
    private static readonly string[] _lines = PageResource.Read("TextbookNetwork.cs").Split('\n');

    // What is not the left side of an equation of its own stands inside of another line.
    private static readonly Dictionary<string, string> _insideOf = new()
    {
        ["L"] = @"\.Map2\(",
        ["J"] = @"L\..*Sum\(\) / L\.",
        ["dA1"] = @"\b(dA1|dZ1) = ",
        ["g'(Z1)"] = @"\.Derivative\b",
    };

    /// <summary>The line without its comment, and its number, counted from 1.</summary>
    /// <exception cref="InvalidOperationException">The source has no such line.</exception>
    public static (string Line, int Number) Of(string symbol)
    {
        string pattern = _insideOf.GetValueOrDefault(symbol) ?? $@"\b{symbol} = ";
        int at = Array.FindIndex(_lines, l => Regex.IsMatch(l, pattern) && !l.TrimStart().StartsWith('/'));
        return at >= 0 ? (_lines[at].Split(" //")[0].Trim(), at + 1)
            : throw new InvalidOperationException($"TextbookNetwork.cs has no line that computes {symbol}.");
    }
}
