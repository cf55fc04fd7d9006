namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// The lines that stand before a table: the separator as spreadsheets note it (sep=;), comments, a title. They are told from the table by
/// their number of fields, and by the names of columns that follow.
/// </summary>
internal static class Preamble
{
    /// <summary>The separator that a first line such as sep=; names, or null.</summary>
    public static char? NamedSeparator(string text)
    {
        ReadOnlySpan<char> line = text.AsSpan()[..(text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length)].Trim('"');
        return line.Length == 5 && line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? line[4]
            : line.Equals("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 4 && text[4] == '\t' ? '\t'
            : null;
    }

    /// <summary>How many lines stand before the table.</summary>
    /// <param name="records">The first records.</param>
    /// <param name="hasHeader">Whether the table begins with the names of its columns.</param>
    public static long Lines(IReadOnlyList<TextSample.Record> records, bool hasHeader)
    {
        int usual = Separator.UsualFields(records);
        int before = 0;
        while (before < records.Count && records[before].Fields.Length != usual)
            before++;
        bool areComments = records.Take(before).All(IsComment);
        if (before == 0 && hasHeader && records.Count > 2 && IsComment(records[0]) && LooksLikeNames(records[1]) && !LooksLikeNames(records[2]))
            (before, areComments) = (1, true);
        return before > 0 && before < records.Count && (areComments || (hasHeader && LooksLikeNames(records[before])))
            ? records[before].Line - 1
            : 0;
    }

    private static bool IsComment(TextSample.Record record) => record.Fields[0].StartsWith('#');

    private static bool LooksLikeNames(TextSample.Record record) =>
        record.Fields.All(field => field.Length > 0 && !NumberText.TryParse(field, out _) && !MissingMark.Is(field));
}
