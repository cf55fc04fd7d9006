using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Commands.Explain;

/// <summary><c>explain trace</c>: one forward and one backward pass, every symbol with its shape, formula and numbers.</summary>
internal static class TraceCommand
{
    public static Command Create()
    {
        var command = new Command("trace", "One forward and one backward pass: each symbol, its shape, its formula, its numbers.");
        var subjects = new SubjectOptions(command);
        Option<double?> l2 = L2Option();
        Option<int?> show = OptionTexts.Number<int>(
            "--show", "Rows and columns of a matrix to show [default: 6]", n => n >= 1, "a whole number of 1 or more");
        Option<string?> output = new("--output") { Description = "A JSON file for all numbers, with all digits", HelpName = "file" };
        command.AddGroup("What is shown and written", l2, show, output);
        command.SetAction(result =>
        {
            subjects.CheckOutput(result, result.GetValue(output));
            Subject subject = subjects.Read(result, out IReadOnlyList<string> notes);
            BackpropagationTrace trace = BackpropagationTrace.Run(subject.Network, subject.X, subject.Y, subject.Weights,
                result.GetValue(l2) ?? 0);
            Write(new Page(Terminal.Out.Profile.Out.Writer, result.GetValue(show) ?? 6), subject, notes, trace);
            if (result.GetValue(output) is { } path)
            {
                OutputFile.Write(path, stream => WriteJson(stream, subject, trace));
                Terminal.Line($"Every number, with all digits: {path}");
            }
        });
        return command;
    }

    internal static Option<double?> L2Option() =>
        OptionTexts.Number<double>("--l2", "L2 penalty on the weights [default: 0]", value => value >= 0, "0 or more");

    private static void Write(Page page, Subject subject, IReadOnlyList<string> notes, BackpropagationTrace trace)
    {
        page.Opening(subject, notes);
        page.Text($"X has a row for each of {Names(subject.FeatureNames)} and a column for each example " +
            $"({(subject.Rows.Count == 1 ? "row" : "rows")} {Names([.. subject.Rows.Select(r => $"{r}")])} of the file).");
        page.Heading("Forward");
        foreach (TraceStep step in trace.Steps)
        {
            if (step.Symbol == "dZ2")
                page.Heading("Backward");
            string sizes = Sizes(step.Shapes, subject);
            string formula = step.Formula == "given" ? step.Symbol : $"{step.Symbol} = {step.Formula}";
            page.Formula(formula, $"[{step.Shape}{(sizes == $"({step.Shape})" ? "" : $" = {sizes}")}]");
            page.Matrix($"  {step.Meaning}", step.Value).Gap();
        }
    }

    private static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(6)) + (names.Count > 6 ? $", ... ({names.Count} in all)" : "");

    private static string Sizes(string shapes, Subject subject) => shapes
        .Replace("H", $"{subject.Network.HiddenUnits}")
        .Replace("D", $"{subject.Network.FeatureCount}")
        .Replace("m", $"{subject.X.ColumnCount}");

    private static void WriteJson(Stream stream, Subject subject, BackpropagationTrace trace)
    {
        using var json = new Utf8JsonWriter(stream,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("activation", subject.Network.Activation.Name);
        json.WriteStartArray("features");
        foreach (string name in subject.FeatureNames)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (long row in subject.Rows)
            json.WriteNumberValue(row);
        json.WriteEndArray();
        json.WriteStartObject("formulas");
        foreach (TraceStep step in trace.Steps)
            json.WriteString(step.Symbol, step.Formula);
        json.WriteEndObject();
        json.WriteStartObject("symbols");
        foreach (TraceStep step in trace.Steps)
        {
            json.WriteStartArray(step.Symbol);
            foreach (Vector<double> row in step.Value.EnumerateRows())
            {
                json.WriteStartArray();
                foreach (double value in row)
                    WriteNumber(json, value);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // JSON has no NaN and no infinity; a network with weights near the largest doubles may have both.
    private static void WriteNumber(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteNullValue();
    }
}
