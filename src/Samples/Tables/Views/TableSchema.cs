using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// The columns of a table as an ML.NET schema and back. The schema is saved with the model, and with it, as annotations, all that is
/// needed to read the next file in the same way: which column is the label and how its values are spelt, which is the weight, and how
/// numbers are written.
/// </summary>
internal static class TableSchema
{
    /// <summary>The annotation of the label column: its negative and its positive value, as text.</summary>
    public const string LabelValuesKind = "LabelValues";

    /// <summary>The annotation of a label column of which every value but the positive one means no: true.</summary>
    public const string AgainstRestKind = "OneAgainstRest";

    /// <summary>The annotation of the weight column: true.</summary>
    public const string WeightKind = "ExampleWeight";

    /// <summary>The annotation of a column of numbers: how each is written, a name of <see cref="CellFormat"/>, and whether words were among them.</summary>
    public const string FormatKind = "NumberFormat";

    /// <summary>The annotation of a column of free text: true.</summary>
    private const string FreeTextKind = "FreeText";

    /// <summary>The annotation of a column that has another name in the table.</summary>
    private const string TableNameKind = "TableColumn";

    private const string OrWords = " or words";

    private const string SlotNamesKind = "SlotNames";

    public static DataViewSchema ToSchema(IEnumerable<ViewColumn> columns, LabelValues labels)
    {
        DataViewSchema.Builder schema = new();
        foreach (ViewColumn column in columns)
        {
            DataViewSchema.Annotations.Builder annotations = new();
            if (column.IsVector)
                AddTexts(annotations, SlotNamesKind, [.. column.Sources.Select(source => source.Name)]);
            else if (column.Sources[0].Name != column.Name)
                AddTexts(annotations, TableNameKind, [column.Sources[0].Name]);
            if (column.Role == ColumnRole.Label)
                AddTexts(annotations, LabelValuesKind, [labels.Negative, labels.Positive]);
            if (column.Role == ColumnRole.Label && labels.IsAgainstRest)
                AddMark(annotations, AgainstRestKind);
            if (column.Role == ColumnRole.Weight)
                AddMark(annotations, WeightKind);
            if (column.Role == ColumnRole.Text)
                AddMark(annotations, FreeTextKind);
            if (column.Role == ColumnRole.Number && column.Sources.Any(source => source.Format != CellFormat.Number || source.MayHoldWords))
                AddTexts(annotations, FormatKind, [.. column.Sources.Select(source => $"{source.Format}{(source.MayHoldWords ? OrWords : "")}")]);
            schema.AddColumn(column.Name, TypeOf(column), annotations.ToAnnotations());
        }
        return schema.ToSchema();
    }

    /// <summary>The columns that a saved model reads, their place in a file yet unknown, and its label's values.</summary>
    /// <exception cref="UserError">The model was saved by another program, with columns that a table can't give.</exception>
    public static (IReadOnlyList<ViewColumn> Columns, LabelValues Labels) FromSchema(DataViewSchema schema, string model)
    {
        List<ViewColumn> columns = [];
        LabelValues? labels = null;
        foreach (DataViewSchema.Column column in schema)
        {
            if (column.Type is BooleanDataViewType && Texts(column, LabelValuesKind) is [var negative, var positive])
                labels = new LabelValues(negative, positive, HasMark(column, AgainstRestKind));
            columns.Add(FromColumn(column) ?? throw new UserError(
                $"{model} reads a column {Shown.Text(column.Name)} of type {column.Type}, so it wasn't saved by this program's train command."));
        }
        return labels is null
            ? throw new UserError($"{model} doesn't tell its label's two values, so it wasn't saved by this program's train command.")
            : ((IReadOnlyList<ViewColumn>)columns, labels);
    }

    /// <summary>The texts of an annotation, none if there is no such.</summary>
    public static string[] Texts(DataViewSchema.Column column, string kind)
    {
        if (column.Annotations.Schema.GetColumnOrNull(kind)?.Type is not VectorDataViewType { ItemType: TextDataViewType })
            return [];
        VBuffer<ReadOnlyMemory<char>> texts = default;
        column.Annotations.GetValue(kind, ref texts);
        return [.. texts.DenseValues().Select(text => text.ToString())];
    }

    /// <summary>The names of a vector's slots, none if it has no names.</summary>
    public static string[] SlotNames(DataViewSchema.Column column) => Texts(column, SlotNamesKind);

    /// <summary>Whether a column of the table holds free text.</summary>
    public static bool IsFreeText(DataViewSchema.Column column) => HasMark(column, FreeTextKind);

    private static ViewColumn? FromColumn(DataViewSchema.Column column)
    {
        bool isVector = column.Type is VectorDataViewType;
        string[] names = isVector ? SlotNames(column) : Texts(column, TableNameKind) is [var name] ? [name] : [column.Name];
        ColumnRole? role = column.Type.GetItemType() switch
        {
            NumberDataViewType number when number == NumberDataViewType.Double => ColumnRole.Number,
            NumberDataViewType when !isVector && HasMark(column, WeightKind) => ColumnRole.Weight,
            TextDataViewType when !isVector && IsFreeText(column) => ColumnRole.Text,
            TextDataViewType => ColumnRole.Word,
            BooleanDataViewType when !isVector && Texts(column, LabelValuesKind).Length == 2 => ColumnRole.Label,
            _ => null,
        };
        if (role is null || names.Length == 0)
            return null;
        string[] formats = Texts(column, FormatKind);
        return new ViewColumn(column.Name, role.Value, [.. names.Select((source, i) => Source(source, i < formats.Length ? formats[i] : ""))], isVector);
    }

    private static SourceColumn Source(string name, string format)
    {
        bool mayHoldWords = format.EndsWith(OrWords, StringComparison.Ordinal);
        string written = mayHoldWords ? format[..^OrWords.Length] : format;
        return new SourceColumn(name, -1, Enum.TryParse(written, out CellFormat found) ? found : CellFormat.Number, mayHoldWords);
    }

    private static DataViewType GetItemType(this DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;

    private static DataViewType TypeOf(ViewColumn column)
    {
        PrimitiveDataViewType item = column.Role switch
        {
            ColumnRole.Word or ColumnRole.Text => TextDataViewType.Instance,
            ColumnRole.Label => BooleanDataViewType.Instance,
            ColumnRole.Weight => NumberDataViewType.Single,
            _ => NumberDataViewType.Double,
        };
        return column.IsVector ? new VectorDataViewType(item, column.Sources.Count) : item;
    }

    private static bool HasMark(DataViewSchema.Column column, string kind) => column.Annotations.Schema.GetColumnOrNull(kind) is not null;

    private static void AddMark(DataViewSchema.Annotations.Builder annotations, string kind) =>
        annotations.Add(kind, BooleanDataViewType.Instance, (ref bool value) => value = true);

    private static void AddTexts(DataViewSchema.Annotations.Builder annotations, string kind, string[] texts)
    {
        ReadOnlyMemory<char>[] values = [.. texts.Select(text => text.AsMemory())];
        // A copy each time: ML.NET's steps may change what they are given.
        annotations.Add(
            kind,
            new VectorDataViewType(TextDataViewType.Instance, values.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => value = new VBuffer<ReadOnlyMemory<char>>(values.Length, [.. values]));
    }
}
