using System.Globalization;
using Microsoft.ML;

namespace MlNetShallowNet.Samples.Training;

/// <summary>Which of the rows that a model is measured on are rows that it was trained on, in words.</summary>
internal static class SeenRows
{
    /// <summary>What the model knows of scored rows; null where it knows nothing.</summary>
    public static TrainingOverlap? Of(MLContext ml, ITransformer model, IDataView scored, string labelName) =>
        ml.Model.FindShallowNetworks(model) is [var network] && scored.Schema.GetColumnOrNull(network.FeatureColumnName) is not null
            ? network.OverlapWithTraining(scored, labelName)
            : null;

    /// <summary>One sentence on them.</summary>
    /// <param name="overlap">What the model knows.</param>
    /// <param name="count">How a number of rows is written there.</param>
    public static string Sentence(TrainingOverlap? overlap, Func<long, string> count) => overlap switch
    {
        null or { Compared: 0 } => "Whether the model has seen these rows in training, only you know.",
        { Found: 0 } => $"None of {Compared(overlap, count)} is a row that the model was trained on.",
        _ => $"{Share(overlap, count)} of {Compared(overlap, count)} equal rows that the model was trained on, in every input and in the label: of those the figures tell how well it remembers, " +
            "not what to expect of fresh rows.",
    };

    private static string Share(TrainingOverlap overlap, Func<long, string> count) => overlap.Found == overlap.Compared
        ? "All"
        : string.Create(CultureInfo.InvariantCulture, $"{count(overlap.Found)} ({overlap.Share:0.0 %})");

    private static string Compared(TrainingOverlap overlap, Func<long, string> count) => overlap.Compared == overlap.Rows
        ? $"these {Rows(overlap.Rows, count)}"
        : $"{Rows(overlap.Compared, count)}, a sample of these {count(overlap.Rows)},";

    private static string Rows(long rows, Func<long, string> count) => $"{count(rows)} {(rows == 1 ? "row" : "rows")}";
}
