using System.Globalization;
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
        foreach (string note in AboutLabel(profile))
            yield return note;
        if (LeftOut(profile) is { Length: > 0 } leftOut)
            yield return "Left out: " + leftOut;
        ColumnProfile[] numeric = [.. profile.UsedColumns.Where(c => c.Kind == ColumnKind.Numeric)];
        ColumnProfile[] words = [.. profile.UsedColumns.Where(c => c.Kind == ColumnKind.Categorical)];
        ColumnProfile[] texts = [.. profile.UsedColumns.Where(c => c.Kind == ColumnKind.FreeText)];
        if (Said(texts, _ => true, c => string.Create(CultureInfo.InvariantCulture, $"{Shown.Short(c.Name)} ({c.WordsInField:0} words in a row)")) is { } sentences)
            yield return $"Free text, of which words and three letters in a row are counted: {sentences}; leave out with --ignore.";
        if (Said(numeric, c => c.Words.Count > 0, c => $"{Shown.Short(c.Name)} ({c.Words})") is { } strays)
        {
            yield return $"Words in columns of numbers count as missing: {strays}; if such a column holds categories, say --categorical.";
        }
        if (Said(words, c => c.Numbers > 0 && c.Words.Count > 0, Mixture) is { } mixtures)
            yield return $"Numbers and words in one column, so all are categories: {mixtures}.";
        if (Said(numeric, c => c.FormattedNumbers.Count > 0, DescribeFormat) is { } formats)
            yield return $"Numbers read as they are written: {formats}.";
        if (Said(numeric, c => c.Missing > 0, c => $"{c.Missing} in {Shown.Short(c.Name)}") is { } missing)
            yield return $"Missing numbers: {missing}; the column's mean stands in, and an extra input tells where.";
        if (Said(words, c => c.Missing > 0, c => $"{c.Missing} in {Shown.Short(c.Name)}") is { } missingWords)
            yield return $"Missing categories: {missingWords}; none of the column's inputs is set.";
        if (Said(texts, c => c.Missing > 0, c => $"{c.Missing} in {Shown.Short(c.Name)}") is { } missingTexts)
            yield return $"Missing texts: {missingTexts}; they count as empty.";
        if (Said([.. profile.Columns.Where(c => c.Kind != ColumnKind.Ignored)], c => c.Infinite > 0, c => $"{c.Infinite} in {Shown.Short(c.Name)}") is { } infinite)
            yield return $"Infinite numbers count as missing: {infinite}.";
        if (Said(numeric, c => c.IsConstant, c => Shown.Short(c.Name)) is { } constant)
            yield return $"The same number in every row: {constant} (kept).";
        if (Said(numeric, c => c.LooksLikeRowNumbers, c => Shown.Short(c.Name)) is { } rowNumbers)
            yield return $"Looks like row numbers: {rowNumbers} (kept; leave out with --ignore).";
        if (Said(numeric, c => c.LooksLikeIdentifiers, c => Shown.Short(c.Name)) is { } identifiers)
        {
            yield return $"A different whole number in every row: {identifiers} (kept; if it only names the row, leave it out with --ignore).";
        }
    }

    /// <summary>The columns that are left out, and why.</summary>
    public static string LeftOut(TableProfile profile)
    {
        List<string> reasons = [];
        Add(ColumnKind.Ignored, "as asked", c => Shown.Short(c.Name));
        Add(ColumnKind.Empty, "no values", c => Shown.Short(c.Name));
        Add(ColumnKind.ConstantText, "the same text in every row", c => $"{Shown.Short(c.Name)} ({Shown.Text(Example(c))})");
        Add(ColumnKind.Identifier, "too many different texts, and not sentences", DescribeIdentifier);
        return reasons.Count == 0 ? "" : string.Join("; ", reasons) + ".";

        void Add(ColumnKind kind, string reason, Func<ColumnProfile, string> describe)
        {
            if (Said([.. profile.Columns], c => c.Kind == kind, describe) is { } columns)
                reasons.Add($"{reason}: {columns}");
        }
    }

    private static IEnumerable<string> AboutLabel(TableProfile profile)
    {
        if (profile.MarkAsLabel is { } mark)
            yield return $"Label: {Shown.Text(mark)} is taken as a value, not as a missing one, for there is only one other.";
        if (profile.AgainstRest is { } rest)
            yield return $"Label: {Shown.Text(profile.Labels.Positive)} against the rest, {rest}, which are {Shown.Text(profile.Labels.Negative)}.";
        if (profile.PositiveIsGuess)
        {
            yield return $"Label: {Shown.Text(profile.Labels.Positive)} is taken as the positive value of {Shown.Text(profile.LabelName)}, " +
                $"{Shown.Text(profile.Labels.Negative)} as the negative one; choose with --positive.";
        }
        if (profile.MissingLabels > 0)
            yield return $"Label: {Terminal.Count(profile.MissingLabels, "row")} without a label left out.";
    }

    private static string DescribeFormat(ColumnProfile column)
    {
        string example = $"{Shown.Short(column.Name)} ({Shown.Text(column.FormattedNumbers.First)}";
        return column.Format.Describe() is { } words ? $"{example}: {words})" : example + ")";
    }

    private static string Mixture(ColumnProfile column) =>
        $"{Shown.Short(column.Name)} ({column.Numbers} of {column.Numbers + column.Words.Count} are numbers; the first word is {Shown.Text(column.Words.First)} " +
        $"on line {column.Words.Line})";

    private static string DescribeIdentifier(ColumnProfile column)
    {
        string levels = column.Levels > ColumnProfile.MostLevels ? $"over {ColumnProfile.MostLevels}" : $"{column.Levels}";
        return $"{Shown.Short(column.Name)} ({levels}, such as {Shown.Text(Example(column))})";
    }

    private static string Example(ColumnProfile column) => column.Words.Count > 0 ? column.Words.First : column.FormattedNumbers.First;

    private static string? Said(ColumnProfile[] columns, Func<ColumnProfile, bool> which, Func<ColumnProfile, string> describe)
    {
        ColumnProfile[] all = [.. columns.Where(which)];
        string names = string.Join(", ", all.Take(NamesShown).Select(describe));
        return all.Length == 0 ? null : all.Length > NamesShown ? $"{names} and {all.Length - NamesShown} more columns" : names;
    }
}
