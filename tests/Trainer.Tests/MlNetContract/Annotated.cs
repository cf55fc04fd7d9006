using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Tests.MlNetContract;

/// <summary>The annotations of columns as text, to compare ours with those of ML.NET's own trainers.</summary>
internal static class Annotated
{
    /// <summary>All annotations of a view's columns: the columns in their order, a column's annotations by name.</summary>
    public static string[] Columns(IDataView scored) =>
        [.. from column in scored.Schema
            from annotation in column.Annotations.Schema
            orderby column.Index, annotation.Name
            select $"{column.Name} {annotation.Name} {annotation.Type} {Value(column.Annotations, annotation)}"];

    /// <summary>The value of an annotation of text, a truth or a number.</summary>
    public static string Value(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        return annotation.Type switch
        {
            TextDataViewType => Get<ReadOnlyMemory<char>>(),
            BooleanDataViewType => Get<bool>(),
            _ => Get<uint>(),
        };

        string Get<T>()
        {
            T value = default!;
            annotations.GetValue(annotation.Name, ref value);
            return value!.ToString()!;
        }
    }
}
