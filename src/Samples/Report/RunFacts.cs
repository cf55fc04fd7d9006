using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using MlNetShallowNet.Samples.Report.Charts;
using MlNetShallowNet.Samples.Report.Drawing;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Report;

/// <summary>What one needs to know to repeat the run: data, options, versions, command.</summary>
internal static class RunFacts
{
    public static string Draw(ReportData data) =>
        Section.Of("data", "Data", List(OfData(data)), wide: true) +
        Section.Of("options", "Training", List(data.Options), wide: true) +
        Section.Of("repeat", "To repeat the run", List(OfVersions(data)) + $"<pre>{Html.Escape(data.Command)}</pre>\n", wide: true);

    private static IEnumerable<(string Name, string Value)> OfData(ReportData data)
    {
        TableProfile profile = data.Profile;
        ColumnProfile[] used = [.. profile.UsedColumns];
        yield return ("File", profile.Table.Path);
        yield return ("SHA-256", Checksum(profile.Table.Path));
        yield return ("Rows", $"{Html.Count(data.Training.Count)} to train " +
            $"on{(data.IsHeldOut ? $", {Html.Count(data.Testing.Count)} held out" : "")}");
        yield return ("Label", $"“{profile.LabelName}”: “{profile.Labels.Positive}” is a yes " +
            $"({Html.Percent(data.Training.Positives / (double)data.Training.Count)} of the training rows), “{profile.Labels.Negative}” a no");
        yield return ("Columns", $"{used.Count(c => c.Kind == ColumnKind.Numeric)} of numbers, " +
            $"{used.Count(c => c.Kind == ColumnKind.Categorical)} of words; {data.Network.FeatureCount} inputs");
        if (profile.Weight is { } weight)
            yield return ("Example weights", $"{weight.Name} (in training; the figures on this page count every row once)");
        foreach (string note in DataNotes.About(profile))
            yield return ("Note", note);
    }

    private static IEnumerable<(string Name, string Value)> OfVersions(ReportData data)
    {
        yield return ("Seed", $"{data.Seed}");
        yield return ("MlNetShallowNet", Version(typeof(ShallowNetworkTrainer)));
        yield return ("ML.NET", $"{Version(typeof(MLContext))} ({typeof(MLContext).Assembly.GetName().Name})");
        yield return ("MathNet.Numerics", Version(typeof(Matrix<double>)));
        yield return ("Runtime", $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
    }

    private static string Version(Type type) =>
        System.Diagnostics.FileVersionInfo.GetVersionInfo(type.Assembly.Location).ProductVersion?.Split('+')[0] ?? "unknown";

    private static string Checksum(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string List(IEnumerable<(string Name, string Value)> facts) =>
        $"<dl>{string.Concat(facts.Select(f => $"<div><dt>{Html.Escape(f.Name)}</dt><dd>{Html.Escape(f.Value)}</dd></div>\n"))}</dl>\n";
}
