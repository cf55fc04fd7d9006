using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>What a column of a <see cref="TableView"/> is for.</summary>
internal enum ColumnRole
{
    /// <summary>A number, <see cref="float.NaN"/> where the value is missing.</summary>
    Number,

    /// <summary>A word, empty where the value is missing.</summary>
    Text,

    /// <summary>The label, as a Boolean.</summary>
    Label,

    /// <summary>The example's weight, a number.</summary>
    Weight,
}

/// <summary>A column of a <see cref="TableView"/>.</summary>
/// <param name="Name">Its name, which is also its name in the file.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Field">Its position in the file, or -1 if the file lacks it: a label is then false, a weight 1.</param>
internal sealed record ViewColumn(string Name, ColumnRole Role, int Field);

/// <summary>
/// The columns of a table as an ML.NET schema and back. The schema is saved with the model, and with it, as annotations, all that is
/// needed to read the next file in the same way: which column is the label and how its values are spelt, and which is the weight.
/// </summary>
internal static class TableSchema
{
    /// <summary>The annotation of the label column: its negative and its positive value, as text.</summary>
    public const string LabelValuesKind = "LabelValues";

    /// <summary>The annotation of the weight column: true.</summary>
    public const string WeightKind = "ExampleWeight";

    public static DataViewSchema ToSchema(IEnumerable<ViewColumn> columns, LabelValues labels)
    {
        DataViewSchema.Builder schema = new();
        foreach (ViewColumn column in columns)
        {
            DataViewSchema.Annotations.Builder annotations = new();
            DataViewType type = NumberDataViewType.Single;
            if (column.Role == ColumnRole.Text)
            {
                type = TextDataViewType.Instance;
            }
            else if (column.Role == ColumnRole.Label)
            {
                type = BooleanDataViewType.Instance;
                ReadOnlyMemory<char>[] values = [labels.Negative.AsMemory(), labels.Positive.AsMemory()];
                annotations.Add(
                    LabelValuesKind,
                    new VectorDataViewType(TextDataViewType.Instance, 2),
                    (ref VBuffer<ReadOnlyMemory<char>> value) => value = new VBuffer<ReadOnlyMemory<char>>(2, values));
            }
            else if (column.Role == ColumnRole.Weight)
            {
                annotations.Add(WeightKind, BooleanDataViewType.Instance, (ref bool value) => value = true);
            }
            schema.AddColumn(column.Name, type, annotations.ToAnnotations());
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
            ColumnRole role;
            if (column.Type is TextDataViewType)
            {
                role = ColumnRole.Text;
            }
            else if (column.Type is BooleanDataViewType && column.Annotations.Schema.GetColumnOrNull(LabelValuesKind) is not null)
            {
                role = ColumnRole.Label;
                VBuffer<ReadOnlyMemory<char>> values = default;
                column.Annotations.GetValue(LabelValuesKind, ref values);
                ReadOnlyMemory<char>[] both = [.. values.DenseValues()];
                labels = new LabelValues(both[0].ToString(), both[1].ToString());
            }
            else if (column.Type.Equals(NumberDataViewType.Single))
            {
                role = column.Annotations.Schema.GetColumnOrNull(WeightKind) is not null ? ColumnRole.Weight : ColumnRole.Number;
            }
            else
            {
                throw new UserError(
                    $"{model} reads a column '{column.Name}' of type {column.Type}, so it wasn't saved by this program's train command.");
            }
            columns.Add(new ViewColumn(column.Name, role, -1));
        }
        return labels is null
            ? throw new UserError($"{model} doesn't tell its label's two values, so it wasn't saved by this program's train command.")
            : ((IReadOnlyList<ViewColumn>)columns, labels);
    }
}
