using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Xunit;

namespace MlNetShallowNet.Tests.Persistence;

/// <summary>The program in tests/Aot, compiled ahead of time, reads, scores and writes a JSON network; that takes half a minute and a C compiler.</summary>
[Trait("Category", "Native")]
public sealed class NativeProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void ANetworkIsScoredWithoutARuntime()
    {
        LongTest.Require();
        var ml = new MLContext(1);
        ShallowNetworkModelParameters network = ml.BinaryClassification.Trainers.ShallowNetwork(
            new ShallowNetworkTrainer.Options { Members = 2, HiddenUnits = 8, NumberOfIterations = 2 }).Fit(TestRows.View(ml)).Model;
        string json = Path.Combine(_folder, "network.json"), copy = Path.Combine(_folder, "copy.json");
        NetworkJson.Save(network, json);

        string compiler = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, "clang"))) ? "clang" : "gcc";
        // What becomes known of a package later is no warning of the compiler's, so nothing is looked up.
        string published = Run(
            "dotnet", "",
            "publish", Path.Combine(Repository.Root, "tests", "Aot"), "-c", "Release", "-o", Path.Combine(_folder, "out"),
            "--artifacts-path", Path.Combine(_folder, "artifacts"), "--nodeReuse:false", "-p:NuGetAudit=false", $"-p:CppCompilerAndLinker={compiler}");
        Assert.DoesNotContain("warning", published);

        List<TestRows.Row> rows = TestRows.Rows(50, seed: 2);
        string input = string.Join('\n', rows.Select(r => string.Join(',', r.Features.Select(f => f.ToString("R", CultureInfo.InvariantCulture)))));
        float[] scores = [.. Run(Path.Combine(_folder, "out", "Aot"), input, json, copy)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(s => float.Parse(s, CultureInfo.InvariantCulture))];
        Assert.Equal(File.ReadAllText(json), File.ReadAllText(copy));
        Assert.Equal(rows.Count, scores.Length);
        // The native file is compiled for narrower vectors, so sums may be in another order: some hundreds of terms, each rounded by 6e-8.
        for (int i = 0; i < scores.Length; i++)
            Assert.Equal(network.Score(rows[i].Features), scores[i], 1e-4f * Math.Max(1, Math.Abs(scores[i])));
    }

    private static string Run(string program, string input, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output.Result}");
        return output.Result;
    }
}
