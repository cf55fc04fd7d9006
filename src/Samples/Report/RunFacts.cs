using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using MlNetShallowNet.Samples.Report.Charts;
using MlNetShallowNet.Samples.Report.Drawing;
using MlNetShallowNet.Samples.Report.Statistics;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Report;

/// <summary>What one needs to know to repeat the run: data, options, versions, command.</summary>
internal static class RunFacts
{
    public static string Draw(
        IReadOnlyList<(string Name, string Value)> data, IReadOnlyList<(string Name, string Value)> options, int seed, string command) =>
        Section.Of("data", "Data", List(data), wide: true) +
        (options.Count == 0 ? "" : Section.Of("options", "Training", List(options), wide: true)) +
        Section.Of("repeat", "To repeat the run", List(OfVersions(seed)) + $"<pre>{Html.Escape(command)}</pre>\n", wide: true);

    /// <summary>The command that the program was started with, as it can be typed again.</summary>
    public static string Command() =>
        string.Join(' ', Environment.GetCommandLineArgs().Skip(1).Select(Quoted).Prepend("shallownet"));

    /// <summary>An argument as a shell takes it for that: in quotes if a letter in it could mean something else.</summary>
    public static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "_./:=,@%+-".Contains(c)) ? argument : $"'{argument.Replace("'", @"'\''")}'";

    /// <summary>What there is to say about a table that was trained on.</summary>
    /// <param name="profile">The table.</param>
    /// <param name="rows">How many of its rows were used for what.</param>
    /// <param name="positives">The share of yes among those trained on.</param>
    /// <param name="inputs">How many inputs the network has, or null.</param>
    public static IEnumerable<(string Name, string Value)> OfTable(TableProfile profile, string rows, double positives, int? inputs)
    {
        ColumnProfile[] used = [.. profile.UsedColumns];
        yield return ("File", profile.Table.Path);
        yield return ("SHA-256", Checksum(profile.Table.Path));
        yield return ("Rows", rows);
        yield return ("Label", $"“{profile.LabelName}”: “{profile.Labels.Positive}” is a yes ({Html.Percent(positives)} of the training rows), " +
            $"“{profile.Labels.Negative}” a no");
        yield return ("Columns", $"{used.Count(c => c.Kind == ColumnKind.Numeric)} of numbers, " +
            $"{used.Count(c => c.Kind == ColumnKind.Categorical)} of words, {used.Count(c => c.Kind == ColumnKind.FreeText)} of free text{(inputs is null ? "" : $"; {inputs} inputs")}");
        if (profile.Weight is { } weight)
            yield return ("Example weights", $"{weight.Name} (in training; the figures on this page count every row once)");
        foreach (string note in DataNotes.About(profile))
            yield return ("Note", note);
    }

    /// <summary>What there is to say about a table that a saved model was measured on.</summary>
    public static IEnumerable<(string Name, string Value)> OfEvaluation(string model, TableView rows, ScoredRows scored) =>
    [
        ("Model", model), ("SHA-256 of the model", Checksum(model)), ("File", rows.Table.Path), ("SHA-256", Checksum(rows.Table.Path)),
        ("Rows", Html.Count(scored.Count)),
        ("Label", $"“{rows.LabelName}”: “{rows.Labels.Positive}” is a yes ({Html.Percent(scored.Positives / (double)scored.Count)}), " +
            $"“{rows.Labels.Negative}” a no"),
    ];

    private static IEnumerable<(string Name, string Value)> OfVersions(int seed)
    {
        yield return ("Seed", $"{seed}");
        yield return ("MlNetShallowNet", Version(typeof(ShallowNetworkTrainer)));
        yield return ("ML.NET", $"{Version(typeof(MLContext))} ({typeof(MLContext).Assembly.GetName().Name})");
        yield return ("MathNet.Numerics", Version(typeof(Matrix<double>)));
        yield return ("Runtime", $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
    }

    private static string Version(Type type) =>
        System.Diagnostics.FileVersionInfo.GetVersionInfo(type.Assembly.Location).ProductVersion?.Split('+')[0] ?? "unknown";

    private static string Checksum(string path)
    {
        FileInfo file = new(path);
        file = file.Exists && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target : file;
        // What has no length is a pipe, which could be read only once.
        if (file is not { Exists: true, Length: > 0 })
            return "none, for it is no single file that can be read again";
        using FileStream stream = file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string List(IEnumerable<(string Name, string Value)> facts) =>
        $"<dl>{string.Concat(facts.Select(f => $"<div><dt>{Html.Escape(f.Name)}</dt><dd>{Html.Escape(f.Value)}</dd></div>\n"))}</dl>\n";
}
