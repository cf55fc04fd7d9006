namespace MlNetShallowNet.Samples.Tables;

/// <summary>Which fields count as "no value": empty ones, and NA, N/A, NaN, null and ? (upper or lower case).</summary>
internal static class MissingValue
{
    private static readonly string[] _words = ["NA", "N/A", "#N/A", "NaN", "null", "?"];

    public static bool Is(ReadOnlySpan<char> field)
    {
        if (field.IsEmpty)
            return true;
        if (field.Length > 4)
            return false;
        foreach (string word in _words)
        {
            if (field.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
