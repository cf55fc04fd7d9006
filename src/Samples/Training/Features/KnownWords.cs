using Microsoft.ML;
using Microsoft.ML.Data;
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
            // Behind what the words have become, all features or an output of the network's may have the same name.
            string[] slots = [.. encoded.Where(c => c.Name == column.Name && c.Type is VectorDataViewType { ItemType: NumberDataViewType })
                .Take(1).SelectMany(TableSchema.SlotNames)];
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
