using System.Buffers;

namespace MlNetShallowNet.Samples.Output;

/// <summary>Fields of comma-separated output.</summary>
internal static class CsvText
{
    private static readonly SearchValues<char> _special = SearchValues.Create(",\"\r\n");

    /// <summary>The field, in quotes if it needs them.</summary>
    public static string Field(string text) => text.AsSpan().ContainsAny(_special) ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
}
