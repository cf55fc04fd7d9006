namespace MlNetShallowNet.Samples.Tables;

/// <summary>Finds the character that stands between the fields of a table.</summary>
internal static class Separator
{
    /// <summary>What a user may call separators.</summary>
    public static IReadOnlyList<string> Names { get; } = ["comma", "tab", "semicolon", "pipe", "space"];

    private static readonly char[] _candidates = [',', '\t', ';', '|'];

    /// <summary>
    /// The candidate that splits the first records into the same number of fields most consistently, and then into the most fields; a space
    /// where it alone splits nearly every record alike; a comma where nothing splits at all.
    /// </summary>
    public static char Find(TextSample sample)
    {
        (char candidate, (double consistency, int fields) quality) = _candidates
            .Select(candidate => (candidate, Quality(sample.Records(candidate))))
            .MaxBy(tried => tried.Item2);
        if (quality is { consistency: > 0.5, fields: > 1 })
            return candidate == ',' && quality == Quality(sample.Records(';')) && sample.Records(';').All(HasDecimalCommas) ? ';' : candidate;
        (double consistency, int fields) aligned = Quality(sample.Records(' '));
        return aligned is { consistency: >= 0.8, fields: > 1 } && sample.Records(' ').Count > 2 ? ' '
            : quality.fields > 1 ? candidate : ',';
    }

    /// <summary>Whether all commas of a record stand before decimals; a comma and a semicolon may split such records into the same number of fields.</summary>
    private static bool HasDecimalCommas(TextSample.Record record) =>
        record.Fields.All(field => !field.Contains(',') || CellFormat.DecimalComma.TryRead(field, out _));

    /// <summary>The number of fields that most records have.</summary>
    public static int UsualFields(IReadOnlyList<TextSample.Record> records) =>
        records.Count == 0 ? 1 : records.CountBy(record => record.Fields.Length).MaxBy(count => (count.Value, count.Key)).Key;

    /// <summary>What the user wrote as a separator: a name or the character itself.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static char Parse(string text) => text.ToLowerInvariant() switch
    {
        "comma" => ',',
        "tab" or "\\t" => '\t',
        "semicolon" => ';',
        "pipe" => '|',
        "space" => ' ',
        [var single] when single is not ('"' or '\r' or '\n' or '\0') => text[0],
        _ => throw new ArgumentException($"'{text}' is no separator: give {string.Join(", ", Names)} or one character."),
    };

    /// <summary>The separator as it is called in messages.</summary>
    public static string Name(char separator) => separator switch
    {
        ',' => "comma",
        '\t' => "tab",
        ';' => "semicolon",
        '|' => "pipe",
        ' ' => "space",
        _ => Shown.Text([separator]),
    };

    private static (double Consistency, int Fields) Quality(IReadOnlyList<TextSample.Record> records)
    {
        int usual = UsualFields(records);
        return usual == 1 ? (0, 1) : (records.Count(record => record.Fields.Length == usual) / (double)records.Count, usual);
    }
}
