using System.Globalization;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Differential;

/// <summary>
/// What a scenario shows, line by line, compared with what it showed on the package (<c>golden/transcripts</c>). To measure again, build
/// with <c>-p:MlNetSource=package</c> and name a folder in the environment variable <c>MLNET_TRANSCRIPTS</c>: the lines are written
/// there instead.
/// </summary>
internal sealed class Transcript
{
    private readonly StringBuilder _text = new();

    public void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>An exception's type and parameter, and what it says of the schema; or that there was none.</summary>
    public void Outcome(string what, Action action)
    {
        try
        {
            action();
            Line($"{what}: nothing thrown");
        }
        catch (Exception e)
        {
            var first = e.Message.Split('\n')[0].TrimEnd();
            var shown = first.StartsWith("Schema mismatch", StringComparison.Ordinal)
                || first.StartsWith("Could not find", StringComparison.Ordinal) || first.Contains("' not found", StringComparison.Ordinal)
                ? ": " + first : "";
            Line($"{what}: {e.GetType().Name} {(e as ArgumentException)?.ParamName}{shown}");
        }
    }

    /// <summary>Every column of a view: whether hidden, its type, its annotations with their values, and the rows' values.</summary>
    public void View(IDataView view)
    {
        foreach (var column in view.Schema)
        {
            Line($"{column.Index} {column.Name}{(column.IsHidden ? " (hidden)" : "")}: {column.Type}");
            foreach (var annotation in column.Annotations.Schema)
                Line($"    {annotation.Name}: {annotation.Type} = {Values.Show(column.Annotations, annotation)}");
            if (!column.IsHidden)
                Line($"    rows: {string.Join(" | ", Values.Rows(view, column))}");
        }
    }

    /// <summary>The shape of an estimator's output.</summary>
    public void Shape(SchemaShape shape, string indent = "")
    {
        foreach (var column in shape)
        {
            Line($"{indent}{column.Name}: {column.Kind} {column.ItemType} key={column.IsKey}");
            Shape(column.Annotations, indent + "    ");
        }
    }

    public void Compare(string name)
    {
        var folder = Environment.GetEnvironmentVariable("MLNET_TRANSCRIPTS");
        if (!string.IsNullOrEmpty(folder))
        {
            File.WriteAllText(Path.Combine(folder, name + ".txt"), _text.ToString());
            return;
        }

        var measured =
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", "transcripts", name + ".txt")).ReplaceLineEndings("\n");
        Assert.Equal(measured.Split('\n'), _text.ToString().Split('\n'));
    }
}
