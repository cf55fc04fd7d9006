using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>What was odd about the rows that went through a model: told once, however often they were read.</summary>
internal sealed class RowNotices
{
    private const int ColumnsShown = 5;

    private readonly Dictionary<string, Occurrences> _strays = [];
    private readonly Dictionary<string, Occurrences> _unseen = [];
    private readonly Dictionary<string, Occurrences> _infinite = [];
    private long? _withoutLabel;

    /// <summary>The words that the model knows, by column; null if that isn't asked.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>>? KnownWords { get; set; }

    /// <summary>Words in a column of numbers, found in a whole pass.</summary>
    public void TellStrays(string column, Occurrences found) => _strays.TryAdd(column, found);

    /// <summary>Infinite numbers, found in a whole pass.</summary>
    public void TellInfinite(string column, Occurrences found) => _infinite.TryAdd(column, found);

    /// <summary>Words that the model doesn't know, found in a whole pass.</summary>
    public void TellUnseen(string column, Occurrences found) => _unseen.TryAdd(column, found);

    /// <summary>Rows without a label, counted in a whole pass.</summary>
    public void TellWithoutLabel(long rows) => _withoutLabel ??= rows;

    /// <summary>All of it, in sentences.</summary>
    public IEnumerable<string> Sentences()
    {
        if (_withoutLabel > 0)
            yield return $"Label: {Terminal.Count(_withoutLabel.Value, "row")} without a label left out.";
        if (Describe(_strays) is { } strays)
            yield return $"Words in columns of numbers count as missing: {strays}.";
        if (Describe(_infinite) is { } infinite)
            yield return $"Infinite numbers count as missing: {infinite}.";
        if (Describe(_unseen) is { } unseen)
            yield return $"Words that training never saw count for nothing: {unseen}.";
    }

    private static string? Describe(Dictionary<string, Occurrences> found)
    {
        KeyValuePair<string, Occurrences>[] all = [.. found.Where(column => column.Value.Count > 0)];
        string columns = string.Join(", ", all.Take(ColumnsShown).Select(
            column => $"{Shown.Short(column.Key)} ({Terminal.Count(column.Value.Count, "row")}, first {Shown.Text(column.Value.First)} on line {column.Value.Line})"));
        return all.Length == 0 ? null : all.Length > ColumnsShown ? $"{columns} and {all.Length - ColumnsShown} more columns" : columns;
    }
}
