using System.Text.RegularExpressions;

namespace MlNetShallowNet.Samples.Commands.Explain.Pages;

/// <summary>The line of <c>TextbookNetwork.cs</c> that computes a symbol, taken from the source that the library was built from.</summary>
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

    /// <summary>The line, without its comment.</summary>
    /// <exception cref="InvalidOperationException">The source has no such line.</exception>
    public static string Of(string symbol)
    {
        string pattern = _insideOf.GetValueOrDefault(symbol) ?? $@"\b{symbol} = ";
        string line = _lines.FirstOrDefault(l => Regex.IsMatch(l, pattern) && !l.TrimStart().StartsWith('/'))
            ?? throw new InvalidOperationException($"TextbookNetwork.cs has no line that computes {symbol}.");
        return line.Split(" //")[0].Trim();
    }
}
