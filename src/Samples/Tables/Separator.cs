namespace MlNetShallowNet.Samples.Tables;

/// <summary>Finds the character that stands between the fields of a table.</summary>
internal static class Separator
{
    private const int RecordsToTry = 50;

    private static readonly char[] _candidates = [',', '\t', ';', '|'];

    /// <summary>
    /// The candidate that splits the first records into the same number of fields most consistently, and then into the most fields; a comma
    /// where none splits at all.
    /// </summary>
    /// <param name="sample">The beginning of the text.</param>
    /// <param name="isWhole">Whether the sample is the whole text; if not, its last record may be cut and does not count.</param>
    public static char Find(string sample, bool isWhole) =>
        _candidates.Select(candidate => (candidate, quality: Quality(sample, isWhole, candidate)))
            .MaxBy(tried => tried.quality).candidate;

    /// <summary>What the user wrote as a separator: a name or the character itself.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static char Parse(string text) => text.ToLowerInvariant() switch
    {
        "comma" => ',',
        "tab" or "\\t" => '\t',
        "semicolon" => ';',
        "pipe" => '|',
        "space" => ' ',
        [var single] when single is not ('"' or '\r' or '\n') => text[0],
        _ => throw new ArgumentException($"'{text}' is no separator: give comma, tab, semicolon, pipe, space or one character."),
    };

    /// <summary>The separator as it is called in messages.</summary>
    public static string Name(char separator) => separator switch
    {
        ',' => "comma",
        '\t' => "tab",
        ';' => "semicolon",
        '|' => "pipe",
        ' ' => "space",
        _ => $"'{separator}'",
    };

    private static (double Consistency, int Fields) Quality(string sample, bool isWhole, char separator)
    {
        List<int> counts = [];
        try
        {
            using DelimitedReader reader = new(new StringReader(sample), separator, "");
            while (counts.Count < RecordsToTry && reader.Read())
            {
                if (!reader.IsBlank)
                    counts.Add(reader.FieldCount);
            }
        }
        catch (UserError)
        {
            // A quote left open: with this separator, or at the cut end of the sample. The records before it still count.
        }
        if (!isWhole && counts.Count is > 1 and < RecordsToTry)
            counts.RemoveAt(counts.Count - 1);
        if (counts.Count == 0 || counts[0] == 1)
            return (0, 1);
        return (counts.Count(c => c == counts[0]) / (double)counts.Count, counts[0]);
    }
}
