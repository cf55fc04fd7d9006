using System.Text;
using System.Text.Json;
using MlNetShallowNet.Samples.Report.Statistics;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Output;

/// <summary>How metrics are written for another program.</summary>
internal enum MetricsFormat
{
    /// <summary>Tables for a reader.</summary>
    Text,

    /// <summary>An object.</summary>
    Json,

    /// <summary>A line of names and lines of numbers.</summary>
    Csv,
}

/// <summary>Writes metrics for another program to standard output, with all their digits; what is no finite number is null, or an empty field.</summary>
internal static class MetricsWriter
{
    private const string TrainedOn = "trainedOn";

    /// <summary>The names of <see cref="MetricsDisplay.Shown"/>, in its order. Log loss is in natural units unless its name says bits.</summary>
    private static readonly string[] _names =
        ["auc", "averagePrecision", "accuracy", "f1", "precision", "recall", "logLoss", "logLossBits", "logLossReduction"];

    /// <summary>Messages go to standard error from now on if standard output is for metrics alone.</summary>
    public static IDisposable? Begin(MetricsFormat? format) =>
        format is null or MetricsFormat.Text ? null : Terminal.SendMessages(Terminal.IsQuiet ? TextWriter.Null : Terminal.ErrorWriter);

    /// <summary>Writes the metrics of one evaluation.</summary>
    /// <param name="format">How.</param>
    /// <param name="evaluation">The metrics.</param>
    /// <param name="labels">The label's values.</param>
    /// <param name="chosen">The thresholds that are best by some criterion; none where nothing was asked for.</param>
    /// <param name="seen">How many of the rows the model was trained on; null where that is not known.</param>
    public static void Write(
        MetricsFormat? format, Evaluation evaluation, LabelValues labels, IReadOnlyList<ThresholdChoice> chosen, TrainingOverlap? seen = null)
    {
        double share = seen?.Share ?? double.NaN;
        switch (format)
        {
            case MetricsFormat.Json:
                WriteJson(json =>
                {
                    json.WriteString("positive", labels.Positive);
                    json.WriteString("negative", labels.Negative);
                    json.WriteNumber("threshold", evaluation.Decisions.Threshold);
                    WriteNumbers(json, "metrics", Of(evaluation));
                    WriteNumbers(json, "confusion", Counts(evaluation.Decisions));
                    if (chosen.Count == 0)
                        return;
                    json.WriteStartObject("thresholds");
                    foreach (ThresholdChoice choice in chosen)
                        WriteNumbers(json, choice.Key, Of(choice));
                    json.WriteEndObject();
                    WriteNumber(json, TrainedOn, share);
                });
                break;
            case MetricsFormat.Csv:
                (string Name, double Value)[] all = [.. Of(evaluation), .. Counts(evaluation.Decisions), ("threshold", evaluation.Decisions.Threshold),
                    .. chosen.SelectMany(choice => Of(choice).Select(one => ($"{choice.Key}.{one.Name}", one.Value)))];
                if (chosen.Count > 0)
                    all = [.. all, (TrainedOn, share)];
                WriteCsv([.. all.Select(one => one.Name)], [[.. all.Select(one => Text(one.Value))]]);
                break;
        }
    }

    /// <summary>Writes the metrics of each fold, their mean and their standard deviation.</summary>
    public static void Write(MetricsFormat? format, IReadOnlyList<string> folds, IReadOnlyList<Evaluation> evaluations)
    {
        (string Name, double[] Values)[] lines =
        [
            .. folds.Zip(evaluations, (name, of) => (name, Of(of).Select(one => one.Value).ToArray())),
            ("mean", Over(values => values.Average())),
            ("standardDeviation", Over(Spread.StandardDeviation)),
        ];
        switch (format)
        {
            case MetricsFormat.Json:
                WriteJson(json =>
                {
                    json.WriteStartObject("folds");
                    foreach ((string name, double[] values) in lines.SkipLast(2))
                        WriteNumbers(json, name, _names.Zip(values));
                    json.WriteEndObject();
                    foreach ((string name, double[] values) in lines.TakeLast(2))
                        WriteNumbers(json, name, _names.Zip(values));
                });
                break;
            case MetricsFormat.Csv:
                WriteCsv(["fold", .. _names], lines.Select(line => (IReadOnlyList<string>)[CsvText.Field(line.Name), .. line.Values.Select(Text)]));
                break;
        }

        double[] Over(Func<double[], double> of) => [.. MetricsDisplay.Shown.Select(metric => of([.. evaluations.Select(metric.Of)]))];
    }

    private static IEnumerable<(string Name, double Value)> Of(Evaluation evaluation) => _names.Zip(MetricsDisplay.Shown, (name, metric) => (name, metric.Of(evaluation)));

    private static IEnumerable<(string Name, double Value)> Counts(Confusion of) =>
    [
        ("truePositives", of.TruePositives), ("falsePositives", of.FalsePositives), ("falseNegatives", of.FalseNegatives), ("trueNegatives", of.TrueNegatives),
    ];

    private static IEnumerable<(string Name, double Value)> Of(ThresholdChoice choice)
    {
        double If(Func<Confusion, double> of) => choice.Decisions is { } at ? of(at) : double.NaN;
        return
        [
            ("threshold", If(at => at.Threshold)), ("precision", If(at => at.Precision)), ("recall", If(at => at.Recall)), ("f1", If(at => at.F1)),
            ("accuracy", If(at => at.Accuracy)),
        ];
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<(string Name, double Value)> numbers)
    {
        json.WriteStartObject(name);
        foreach ((string number, double value) in numbers)
            WriteNumber(json, number, value);
        json.WriteEndObject();
    }

    private static string Text(double value) => double.IsFinite(value) ? NumberText.Format(value) : "";

    private static void WriteJson(Action<Utf8JsonWriter> write)
    {
        using (Utf8JsonWriter json = new(Terminal.Bytes, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        Terminal.Bytes.Write("\n"u8);
    }

    private static void WriteCsv(IReadOnlyList<string> names, IEnumerable<IReadOnlyList<string>> lines)
    {
        using StreamWriter writer = new(Terminal.Bytes, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        foreach (IReadOnlyList<string> line in lines.Prepend(names))
            writer.WriteLine(string.Join(',', line));
    }
}
