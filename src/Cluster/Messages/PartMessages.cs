using System.Globalization;
using Microsoft.ML;
using MlNetShallowNet.Sources;

namespace MlNetShallowNet.Cluster.Messages;

/// <summary>Parts as messages, and messages as parts.</summary>
internal static class PartMessages
{
    private const string Parquet = "parquet", Query = "query";

    /// <summary>How a worker is told of a part.</summary>
    /// <exception cref="ArgumentException">Workers cannot read it.</exception>
    public static PartMessage Describe(RowPart part) => part switch
    {
        IDescribedPart described => described.Describe(),
        RowPart.TransformedPart transformed => Transformed(transformed),
        ParquetRows.ParquetPart parquet => new PartMessage(
            Parquet, Path.GetFullPath(parquet.Path), [parquet.RowGroup?.ToString(CultureInfo.InvariantCulture) ?? "", .. parquet.Columns]),
        DatabaseRows.QueryPart { ConnectionName: { } connection } query => new PartMessage(
            Query, connection, [query.Query.Text, query.Query.Key!, Text(query.Keys.First), Text(query.Keys.Last)]),
        DatabaseRows.QueryPart => throw new ArgumentException(
            $"{part.Name} can't be read by workers, for they are told only the name of a connection; give it one (connectionName)."),
        _ => throw new ArgumentException($"{part.Name} can't be read by workers, for it is in this process; Parquet files and databases can."),
    };

    /// <summary>The part of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">What the worker may read.</param>
    /// <exception cref="UnauthorizedAccessException">It is outside the worker's folders, or of a connection that it does not know.</exception>
    public static RowPart Read(PartMessage message, ClusterTrainingOptions options)
    {
        RowPart part = message.Kind switch
        {
            Parquet => new ParquetRows.ParquetPart(
                Allowed.File(message.Place, options),
                message.Arguments[0].Length == 0 ? null : int.Parse(message.Arguments[0], CultureInfo.InvariantCulture),
                message.Arguments[1..]),
            Query => new DatabaseRows(Allowed.Connection(message.Place, options), message.Arguments[0], message.Arguments[1], message.Place)
                .Range(Number(message.Arguments[2]), Number(message.Arguments[3])),
            _ when options.Readers.TryGetValue(message.Kind, out Func<PartMessage, ClusterTrainingOptions, RowPart>? read) => read(message, options),
            _ => throw new InvalidOperationException($"This worker can't read parts of the kind '{message.Kind}'; run the driver's program as the worker."),
        };
        foreach (byte[] transform in message.Transforms)
        {
            using MemoryStream saved = new(transform, writable: false);
            part = part.Transformed(new MLContext().Model.Load(saved, out _));
        }
        return part;
    }

    private static PartMessage Transformed(RowPart.TransformedPart transformed)
    {
        PartMessage message = Describe(transformed.Part);
        MLContext context = new();
        using MemoryStream saved = new();
        context.Model.Save(transformed.Transformer, transformed.Part.Load(context).Schema, saved);
        return message with { Transforms = [.. message.Transforms, saved.ToArray()] };
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
