using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>What the user should know about how a table was read, in sentences.</summary>
internal static class DataNotes
{
    private const int NamesShown = 8;

    /// <summary>All that is to be said about a table, from its header to its rows.</summary>
    public static IEnumerable<string> About(TableProfile profile)
    {
        foreach (string note in profile.Table.Notes)
            yield return note;
        if (profile.PositiveIsGuess)
        {
            yield return $"Label: '{profile.Labels.Positive}' is taken as the positive value of '{profile.LabelName}', " +
                $"'{profile.Labels.Negative}' as the negative one; choose with --positive.";
        }
        if (profile.MissingLabels > 0)
            yield return $"Label: {Terminal.Count(profile.MissingLabels, "row")} without a label left out.";
        if (LeftOut(profile) is { Length: > 0 } leftOut)
            yield return "Left out: " + leftOut;
        ColumnProfile[] used = [.. profile.UsedColumns];
        if (MissingCells(used, ColumnKind.Numeric) is { } numeric)
            yield return $"Missing numbers: {numeric}; the column's mean stands in, and an extra input tells where.";
        if (MissingCells(used, ColumnKind.Categorical) is { } words)
            yield return $"Missing categories: {words}; none of the column's inputs is set.";
        ColumnProfile[] infinite = [.. used.Where(c => c.Infinite > 0)];
        if (infinite.Length > 0)
            yield return $"Infinite numbers count as missing: {Names(infinite, c => $"{c.Infinite} in {c.Name}")}.";
        if (Commas(profile) is { Length: > 0 } commas)
            yield return commas;
        ColumnProfile[] constant = [.. used.Where(c => c.Kind == ColumnKind.Numeric && c.IsConstant)];
        if (constant.Length > 0)
            yield return $"The same number in every row: {Names(constant, c => c.Name)} (kept).";
        ColumnProfile[] rowNumbers = [.. used.Where(c => c.Kind == ColumnKind.Numeric && c.LooksLikeRowNumbers)];
        if (rowNumbers.Length > 0)
            yield return $"Looks like row numbers: {Names(rowNumbers, c => c.Name)} (kept; leave out with --ignore).";
        ColumnProfile[] identifiers = [.. used.Where(c => c.Kind == ColumnKind.Numeric && c.LooksLikeIdentifiers)];
        if (identifiers.Length > 0)
        {
            yield return $"A different whole number in every row: {Names(identifiers, c => c.Name)} " +
                "(kept; if it only names the row, leave it out with --ignore).";
        }
    }

    /// <summary>The columns whose numbers are written with commas, or nothing.</summary>
    public static string Commas(TableProfile profile)
    {
        ColumnProfile[] commas = [.. profile.Columns.Where(c => c.HasCommas)];
        string examples = Names(commas, c => $"{c.Name} ('{c.FirstWord.Text}')");
        return commas.Length == 0 ? "" : $"Numbers with a comma are taken as text: {examples}; " +
            "write them with a point for decimals and nothing between thousands.";
    }

    /// <summary>The columns that are left out, and why.</summary>
    public static string LeftOut(TableProfile profile)
    {
        List<string> reasons = [];
        Add(ColumnKind.Ignored, "as asked", c => c.Name);
        Add(ColumnKind.Empty, "no values", c => c.Name);
        Add(ColumnKind.ConstantText, "the same text in every row", c => $"{c.Name} ('{c.FirstWord.Text}')");
        Add(ColumnKind.Identifier, "too many different texts", DescribeIdentifier);
        return reasons.Count == 0 ? "" : string.Join("; ", reasons) + ".";

        void Add(ColumnKind kind, string reason, Func<ColumnProfile, string> describe)
        {
            ColumnProfile[] columns = [.. profile.Columns.Where(c => c.Kind == kind)];
            if (columns.Length > 0)
                reasons.Add($"{reason}: {Names(columns, describe)}");
        }
    }

    private static string DescribeIdentifier(ColumnProfile column)
    {
        string levels = column.Levels > ColumnProfile.MostLevels ? $"over {ColumnProfile.MostLevels}" : $"{column.Levels}";
        (string word, long line) = column.FirstWord;
        string words = column.Numbers > column.Words
            ? $"; {column.Words} of {column.Numbers + column.Words} no numbers, first '{word}' on line {line}"
            : "";
        return $"{column.Name} ({levels}{words})";
    }

    private static string? MissingCells(ColumnProfile[] columns, ColumnKind kind)
    {
        ColumnProfile[] lacking = [.. columns.Where(c => c.Kind == kind && c.Missing > 0)];
        return lacking.Length == 0 ? null : Names(lacking, c => $"{c.Missing} in {c.Name}");
    }

    private static string Names(IEnumerable<ColumnProfile> columns, Func<ColumnProfile, string> describe)
    {
        ColumnProfile[] all = [.. columns];
        string names = string.Join(", ", all.Take(NamesShown).Select(describe));
        return all.Length > NamesShown ? $"{names} and {all.Length - NamesShown} more columns" : names;
    }
}
