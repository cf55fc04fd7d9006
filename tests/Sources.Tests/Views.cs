using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetShallowNet.TestTools;

namespace MlNetShallowNet.SourcesTests;

/// <summary>What stands in data views.</summary>
internal static class Views
{
    /// <summary>A column's values.</summary>
    public static T[] Values<T>(this RowPart part, string column) => Values<T>(part.Load(new MLContext()), column);

    /// <inheritdoc cref="Values{T}(RowPart, string)"/>
    public static T[] Values<T>(IDataView view, string column)
    {
        List<T> values = [];
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema[column]]);
        ValueGetter<T> getter = cursor.GetGetter<T>(view.Schema[column]);
        T value = default!;
        while (cursor.MoveNext())
        {
            getter(ref value);
            values.Add(value);
        }
        return [.. values];
    }

    /// <summary>A column's texts.</summary>
    public static string[] Texts(this RowPart part, string column) => [.. part.Values<ReadOnlyMemory<char>>(column).Select(text => text.ToString())];

    /// <summary>The columns as name and type.</summary>
    public static string[] Columns(this RowPart part) => [.. part.Load(new MLContext()).Schema.Select(column => $"{column.Name} {column.Type}")];

    /// <summary>A context, and the warnings that it logs.</summary>
    public static (MLContext Context, ConcurrentQueue<string> Warnings) Listening()
    {
        MLContext context = new();
        return (context, LogLines.Of(context, ChannelMessageKind.Warning));
    }
}
