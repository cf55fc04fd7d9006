using System.Globalization;
using Microsoft.ML;
using MlNetShallowNet.Cluster.Messages;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Cluster;

/// <summary>
/// A file of a table as a part of the rows, with what makes features of its columns: workers read it as the model that is trained will read tables.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="format">How it is written.</param>
/// <param name="features">The transforms before the network, saved with the schema of the table that they read.</param>
internal sealed class TablePart(string path, TextFormat format, byte[] features) : RowPart, IDescribedPart
{
    /// <summary>What messages call this kind of part.</summary>
    public const string Kind = "table";

    public override string Name => path;

    public override IDataView Load(MLContext context)
    {
        using MemoryStream saved = new(features, writable: false);
        ITransformer transforms = context.Model.Load(saved, out DataViewSchema schema);
        TableFile table = new TableSource(path).Open(format);
        return transforms.Transform(TableView.ForModel(table, schema, "the training", needsLabel: true));
    }

    public PartMessage Describe() => new(
        Kind,
        Path.GetFullPath(path),
        [format.Separator?.ToString() ?? "", Text(format.HasHeader), Text(format.HasQuotes), format.SkippedLines?.ToString(CultureInfo.InvariantCulture) ?? ""],
        features);

    /// <summary>The part that a message tells of.</summary>
    public static TablePart Read(PartMessage message)
    {
        string[] arguments = message.Arguments;
        TextFormat format = new()
        {
            Separator = arguments[0].Length == 0 ? null : arguments[0][0],
            HasHeader = bool.Parse(arguments[1]),
            HasQuotes = bool.Parse(arguments[2]),
            SkippedLines = arguments[3].Length == 0 ? null : int.Parse(arguments[3], CultureInfo.InvariantCulture),
        };
        return new TablePart(message.Place, format, message.Content!);
    }

    private static string Text(bool value) => value.ToString(CultureInfo.InvariantCulture);
}
