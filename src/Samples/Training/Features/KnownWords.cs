using Microsoft.ML;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Training;

/// <summary>The words that a model has an input for.</summary>
internal static class KnownWords
{
    /// <summary>The words of each column.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Of(ITransformer model, TableView rows)
    {
        DataViewSchema encoded = model.GetOutputSchema(rows.Schema);
        Dictionary<string, IReadOnlySet<string>> known = [];
        foreach (ViewColumn column in rows.Columns.Where(column => column.Role == ColumnRole.Word))
        {
            string[] slots = TableSchema.SlotNames(encoded[column.Name]);
            if (!column.IsVector)
            {
                known[column.Name] = slots.ToHashSet(StringComparer.Ordinal);
                continue;
            }
            foreach (IGrouping<string, string> words in slots.Select(slot => slot.Split(ViewColumn.BeforeWord, 2))
                .Where(parts => parts.Length == 2).GroupBy(parts => parts[0], parts => parts[1]))
            {
                known[words.Key] = words.ToHashSet(StringComparer.Ordinal);
            }
        }
        return known;
    }
}
