using System.Globalization;

namespace MlNetShallowNet.SamplesTests.Docs;

/// <summary>Compares what a page says a command prints with what it prints.</summary>
internal static class PrintedText
{
    private const string Elided = "...";

    /// <summary>The first line that differs, as a message, or null. A line "..." at either end of what is expected stands for any
    /// lines.</summary>
    /// <param name="expected">The lines of the page.</param>
    /// <param name="actual">The lines that were printed.</param>
    /// <param name="tolerance">By how much numbers may differ, relatively: by default in the sixth digit, which depends on the processor's
    /// sums.</param>
    public static string? Difference(string[] expected, string[] actual, double tolerance = 2e-5)
    {
        bool startOpen = expected is [Elided, ..], endOpen = expected is [.., Elided];
        string[] core = expected[(startOpen ? 1 : 0)..(endOpen ? ^1 : ^0)];
        string[] printed = Trimmed(actual);
        core = Trimmed(core);
        int first = startOpen ? Array.FindIndex(printed, line => SameLine(core[0], line, tolerance)) : 0;
        if (first < 0)
            return $"not printed: {core[0]}";
        for (int i = 0; i < core.Length; i++)
        {
            string line = first + i < printed.Length ? printed[first + i] : "(the end)";
            if (!SameLine(core[i], line, tolerance))
                return $"expected: {core[i]}\nprinted:  {line}";
        }

        return endOpen || first + core.Length == printed.Length ? null : $"more is printed: {printed[first + core.Length]}";
    }

    // Words are the same; numbers nearly; those below 1e-9 are all rounding.
    private static bool SameLine(string expected, string actual, double tolerance)
    {
        string[] a = Words(expected), b = Words(actual);
        return a.Length == b.Length && a.Zip(b).All(pair => SameWord(pair.First, pair.Second, tolerance));
    }

    private static bool SameWord(string a, string b, double tolerance)
    {
        if (a == b)
            return true;
        if (!IsNumber(a, out double x) || !IsNumber(b, out double y))
            return false;
        return Math.Abs(x - y) <= tolerance * Math.Max(Math.Abs(x), Math.Abs(y)) || Math.Max(Math.Abs(x), Math.Abs(y)) < 1e-9;
    }

    private static bool IsNumber(string word, out double value) =>
        double.TryParse(word.Trim('(', ')', '.', ',', ';', ':', '²', '[', ']'), NumberStyles.Float, CultureInfo.InvariantCulture,
            out value);

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Trimmed(string[] lines)
    {
        int end = lines.Length;
        while (end > 0 && string.IsNullOrWhiteSpace(lines[end - 1]))
            end--;
        return lines[..end];
    }
}
