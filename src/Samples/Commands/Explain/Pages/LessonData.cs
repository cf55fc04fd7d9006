using System.Text;
using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Samples.Commands.Explain.Lessons;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Commands.Explain.Pages;

/// <summary>What the page is about, as JSON: the given numbers with all digits, the equations as the trace words them, the lines of C# and
/// the answered questions. What follows from the numbers the page computes by itself.</summary>
internal static class LessonData
{
    public static string Write(Subject subject, IReadOnlyList<string> notes, string options)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) // which escapes <, so that no word of the data ends the script
        {
            json.WriteStartObject();
            json.WriteString("about", string.Join(' ', [subject.Describe(), .. notes]));
            json.WriteString("options", options);
            json.WriteString("activation", subject.Network.Activation.Name);
            WriteList(json, "features", subject.FeatureNames, json.WriteStringValue);
            WriteList(json, "rows", subject.Rows, json.WriteNumberValue);
            BackpropagationTrace trace = BackpropagationTrace.Run(subject.Network, subject.X, subject.Y);
            foreach (string given in (string[])["X", "Y", "W1", "b1", "W2", "b2"])
                WriteMatrix(json, given, trace[given].Value);
            WriteEquations(json, trace);
            WriteSlopes(json);
            WriteAnswers(json, subject);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteEquations(Utf8JsonWriter json, BackpropagationTrace trace)
    {
        json.WriteStartObject("steps");
        foreach (TraceStep step in trace.Steps)
        {
            json.WriteStartObject(step.Symbol);
            json.WriteString("formula", step.Formula);
            json.WriteString("shapes", step.Shapes);
            json.WriteString("meaning", step.Meaning);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("code");
        foreach (TraceStep step in trace.Steps.Where(step => step.Formula != "given"))
        {
            (string line, int number) = TextbookSource.Of(step.Symbol);
            WriteList(json, step.Symbol, [line, $"TextbookNetwork.cs, line {number}"], json.WriteStringValue);
        }

        json.WriteEndObject();
    }

    // The page can change g, so it needs the formula of every g', as the trace writes it.
    private static void WriteSlopes(Utf8JsonWriter json)
    {
        json.WriteStartObject("slopes");
        foreach (IActivation g in Activation.BuiltIn)
        {
            Matrix<double> one = Matrix<double>.Build.Dense(1, 1, 1);
            var network = new NetworkParameters(one, Vector<double>.Build.Dense(1), one, 0, g);
            json.WriteString(g.Name, BackpropagationTrace.Run(network, one, one)["g'(Z1)"].Formula);
        }

        json.WriteEndObject();
    }

    private static void WriteAnswers(Utf8JsonWriter json, Subject subject)
    {
        json.WriteStartObject("lessons");
        foreach (Lesson lesson in Lesson.All)
        {
            using var answer = new StringWriter { NewLine = "\n" };
            lesson.Answer(subject, new Page(answer, width: Terminal.MostWidth));
            json.WriteStartObject(lesson.Name);
            json.WriteString("question", lesson.Question);
            json.WriteString("answer", answer.ToString());
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteMatrix(Utf8JsonWriter json, string name, Matrix<double> matrix) =>
        WriteList(json, name, matrix.ToRowArrays(), row => WriteList(json, null, row, json.WriteNumberValue));

    private static void WriteList<T>(Utf8JsonWriter json, string? name, IEnumerable<T> values, Action<T> write)
    {
        if (name is null)
            json.WriteStartArray();
        else
            json.WriteStartArray(name);
        foreach (T value in values)
            write(value);
        json.WriteEndArray();
    }
}
