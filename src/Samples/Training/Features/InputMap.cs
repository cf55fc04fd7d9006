using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Training;

/// <summary>
/// What the network's inputs are called, and which column of the table each comes from, told by their place: the vectors that the features
/// are made of name their slots, and no name is ever taken apart.
/// </summary>
internal sealed class InputMap
{
    private InputMap(string[] names, IReadOnlyList<InputColumn> columns, bool[] areMarks) =>
        (Names, Columns, AreMarks) = (names, columns, areMarks);

    /// <summary>A name for each input, no two the same.</summary>
    public string[] Names { get; }

    /// <summary>The table's columns, in its order, each with its inputs.</summary>
    public IReadOnlyList<InputColumn> Columns { get; }

    /// <summary>Which inputs only tell that a column's value is missing.</summary>
    public bool[] AreMarks { get; }

    /// <summary>The inputs of a view that a model of this program has made, or of another one's by the names of its slots.</summary>
    public static InputMap Of(DataViewSchema schema, string features)
    {
        int size = ((VectorDataViewType)schema[features].Type).Size;
        List<(string Column, string Name, bool IsMark)> inputs = [.. Inputs(schema)];
        if (inputs.Count != size)
        {
            string[] slots = TableSchema.SlotNames(schema[features]);
            inputs = [.. Enumerable.Range(0, size).Select(d => d < slots.Length && slots[d].Length > 0 ? slots[d] : $"input {d + 1}")
                .Select(name => (name, name, false))];
        }
        return Of(inputs, TableOrder(schema));
    }

    /// <summary>From each input's column, its name, and whether it is a mark.</summary>
    public static InputMap Of(IReadOnlyList<(string Column, string Name, bool IsMark)> inputs, IReadOnlyList<string> tableOrder)
    {
        HashSet<string> used = new(StringComparer.Ordinal);
        HashSet<string> columns = [.. inputs.Select(input => input.Column)];
        string[] names = new string[inputs.Count];
        for (int d = 0; d < names.Length; d++)
        {
            (string column, string name, _) = inputs[d];
            // A column called c.1 and the word 1 of a column c.
            while ((name != column && columns.Contains(name)) || !used.Add(name))
                name += "'";
            names[d] = name;
        }
        Dictionary<string, int> place = [];
        foreach (string name in tableOrder)
            place.TryAdd(name, place.Count);
        InputColumn[] byColumn =
        [
            .. inputs.Select((input, d) => (input.Column, d)).GroupBy(input => input.Column)
                .OrderBy(group => place.GetValueOrDefault(group.Key, int.MaxValue))
                .Select(group => new InputColumn(group.Key, [.. group.Select(input => input.d)])),
        ];
        return new InputMap(names, byColumn, [.. inputs.Select(input => input.IsMark)]);
    }

    private static IEnumerable<(string Column, string Name, bool IsMark)> Inputs(DataViewSchema schema)
    {
        foreach (string name in Slots(schema, FeaturePipeline.Numbers))
            yield return (name, name, false);
        foreach ((string part, _) in DateParts.All)
        {
            foreach (string name in Slots(schema, FeaturePipeline.Dates))
                yield return (name, $"{name}.{part}", false);
        }
        foreach ((string, string, bool) input in SlotsOf(schema, isText: false))
            yield return input;
        if (schema.GetColumnOrNull(FeaturePipeline.Words) is { Type: VectorDataViewType { ItemType: NumberDataViewType } } words)
        {
            foreach (string[] parts in TableSchema.SlotNames(words).Select(slot => slot.Split(ViewColumn.BeforeWord, 2)))
                yield return (parts[0], string.Join('.', parts), false);
        }
        foreach ((string, string, bool) input in SlotsOf(schema, isText: true))
            yield return input;
        foreach (string name in Slots(schema, FeaturePipeline.Missing))
            yield return (name, $"{name} is missing", true);
    }

    private static string[] Slots(DataViewSchema schema, string column) =>
        schema.GetColumnOrNull(column) is { } found ? TableSchema.SlotNames(found) : [];

    /// <summary>The inputs of the table's columns of words, or of free text, that have become vectors.</summary>
    private static IEnumerable<(string Column, string Name, bool IsMark)> SlotsOf(DataViewSchema schema, bool isText) =>
        from column in schema
        where column.Type is TextDataViewType && TableSchema.IsFreeText(column) == isText
        let vector = schema[column.Name]
        where vector.Type is VectorDataViewType { ItemType: NumberDataViewType }
        from slot in TableSchema.SlotNames(vector)
        select (column.Name, $"{column.Name}.{slot}", false);

    private static List<string> TableOrder(DataViewSchema schema) =>
    [
        .. schema.Where(column => column.Type is TextDataViewType || column.Type == NumberDataViewType.Double).Select(column => column.Name),
        .. Slots(schema, FeaturePipeline.Numbers),
    ];
}
