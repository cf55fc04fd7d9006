using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Samples.Training;

/// <summary>What the network's inputs are called, and which column of the table each comes from.</summary>
internal static class InputNames
{
    /// <summary>The slot names of a vector column; "input 1", "input 2" and so on where it has none.</summary>
    public static string[] Of(DataViewSchema.Column features)
    {
        int size = ((VectorDataViewType)features.Type).Size;
        if (!features.HasSlotNames(size))
            return [.. Enumerable.Range(1, size).Select(i => $"input {i}")];
        VBuffer<ReadOnlyMemory<char>> slots = default;
        features.GetSlotNames(ref slots);
        return [.. slots.DenseValues().Select((name, i) => name.IsEmpty ? $"input {i + 1}" : name.ToString())];
    }

    /// <summary>
    /// Inputs grouped by the column that they come from: one called exactly so, "column.word" for one-hot words, or "column is missing"
    /// for a mark. An
    /// input that belongs to no column is a group of its own.
    /// </summary>
    public static IReadOnlyList<InputColumn> ByColumn(IReadOnlyList<string> inputs, IReadOnlyCollection<string> columns)
    {
        var groups = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var order = new List<string>();
        for (int d = 0; d < inputs.Count; d++)
        {
            string name = inputs[d];
            string column = columns.Contains(name) ? name
                : columns.Where(c => IsWordOf(name, c) || IsMarkOf(name, c)).MaxBy(c => c.Length) ?? name;
            if (!groups.TryGetValue(column, out List<int>? members))
            {
                groups[column] = members = [];
                order.Add(column);
            }

            members.Add(d);
        }

        return [.. order.Select(c => new InputColumn(c, groups[c]))];
    }

    /// <summary>Whether an input only tells that a column's value is missing.</summary>
    public static bool IsMark(string input, IReadOnlyCollection<string> columns) =>
        !columns.Contains(input) && columns.Any(c => IsMarkOf(input, c));

    private static bool IsWordOf(string input, string column) => input.StartsWith(column + ".", StringComparison.Ordinal);

    private static bool IsMarkOf(string input, string column) => input.StartsWith(column + " is missing", StringComparison.Ordinal);

    private static bool HasSlotNames(this DataViewSchema.Column column, int size) =>
        column.Annotations.Schema.GetColumnOrNull("SlotNames") is { } slots && slots.Type is VectorDataViewType type && type.Size == size;
}
