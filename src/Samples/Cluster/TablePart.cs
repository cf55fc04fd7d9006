using System.Globalization;
using Microsoft.ML;
using MlNetShallowNet.Cluster;
using MlNetShallowNet.Cluster.Messages;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Cluster;

/// <summary>
/// A file of a table, or a query, as a part of the rows, with what makes features of its columns: workers read it as the model that is trained will
/// read tables.
/// </summary>
/// <param name="source">Where the table is.</param>
/// <param name="format">How it is written, as was found of all files together.</param>
/// <param name="features">The transforms before the network, saved with the schema of the table that they read.</param>
internal sealed class TablePart(TableSource source, TextFormat format, byte[] features) : RowPart, IDescribedPart
{
    private const string FileKind = "table", QueryKind = "table of a query";

    public override string Name => source.Path;

    public override IDataView Load(MLContext context)
    {
        using MemoryStream saved = new(features, writable: false);
        ITransformer transforms = context.Model.Load(saved, out DataViewSchema schema);
        return transforms.Transform(TableView.ForModel(source.Open(format), schema, "the training", needsLabel: true, needsWeight: true));
    }

    public PartMessage Describe() => source.Query is { } query
        ? new PartMessage(QueryKind, query.ConnectionName, [query.Sql], features)
        : new PartMessage(
            FileKind,
            Path.GetFullPath(source.Path),
            [format.Separator?.ToString() ?? "", Text(format.HasHeader), Text(format.HasQuotes), Text(format.SkippedLines), Text(format.Encoding?.CodePage)],
            features);

    /// <summary>Has a worker read such parts.</summary>
    public static void AddReaders(ClusterTrainingOptions worker)
    {
        worker.Readers[FileKind] = ReadFile;
        worker.Readers[QueryKind] = ReadQuery;
    }

    private static TablePart ReadFile(PartMessage message, ClusterTrainingOptions worker)
    {
        string[] arguments = message.Arguments;
        TextFormat format = new()
        {
            Separator = arguments[0].Length == 0 ? null : arguments[0][0],
            HasHeader = bool.Parse(arguments[1]),
            HasQuotes = bool.Parse(arguments[2]),
            SkippedLines = Number(arguments[3]),
            Encoding = Number(arguments[4]) is { } codePage ? TextEncoding.Of(codePage) : null,
        };
        return new TablePart(Allowed.File(message.Place, worker), format, message.Content!);
    }

    private static TablePart ReadQuery(PartMessage message, ClusterTrainingOptions worker)
    {
        Allowed.Connection(message.Place, worker);
        DatabaseQuery query = new(message.Arguments[0], message.Place);
        return new TablePart(new TableSource(query.Name, query), new TextFormat(), message.Content!);
    }

    private static string Text(bool value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static int? Number(string text) => text.Length == 0 ? null : int.Parse(text, CultureInfo.InvariantCulture);
}
