using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using MlNetShallowNet.SamplesTests.Docs;
using MlNetShallowNet.TestTools;

namespace MlNetShallowNet.SamplesTests.Examples;

/// <summary>The programs of one file in src/Samples/Examples/Files run as they are, from the root of the repository.</summary>
public sealed partial class ProgramFileTests : Shallownet
{
    private const string Folder = "src/Samples/Examples/Files";

    [SkippableFact]
    public void ADataFrameIsLearntAndComesBackScored()
    {
        LongTest.Require();
        string[] lines = Wait(Dotnet(Clone.Root, "run", $"{Folder}/DataFrame.cs")).Succeeds().Lines;
        Assert.Equal(["Label", "PredictedLabel", "Probability"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(6, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.InRange(float.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2], CultureInfo.InvariantCulture), 0, 1));
    }

    [SkippableFact]
    public void FSharpTrainsInAScript()
    {
        LongTest.Require();
        string library = Path.Combine(AppContext.BaseDirectory, "MlNetShallowNet.dll");
        string printed = Wait(Dotnet(Clone.Root, "fsi", $"-r:{library}", $"{Folder}/Pipeline.fsx")).Succeeds().Output;
        Assert.InRange(double.Parse(Area().Match(printed).Groups[1].Value, CultureInfo.InvariantCulture), 0.97, 1);
        // A script can't take the versions of packages from where the projects have them.
        string versions = File.ReadAllText(Path.Combine(Clone.Root, "Directory.Packages.props"));
        foreach (Match package in Package().Matches(File.ReadAllText(Path.Combine(Clone.Root, Folder, "Pipeline.fsx"))))
            Assert.Contains($"Include=\"{package.Groups[1].Value}\" Version=\"{package.Groups[2].Value}\"", versions);
    }

    [SkippableFact]
    public async Task AServiceScoresWithOneNetworkForAllRequests()
    {
        LongTest.Require();
        using Process service = Dotnet(Clone.Root, "run", $"{Folder}/WebService.cs", "--", "--urls", "http://127.0.0.1:0");
        try
        {
            string address = Address(service);
            using HttpClient client = new();
            async Task<(HttpStatusCode Code, string Text)> Score(string features)
            {
                using StringContent content = new(features, Encoding.UTF8, "application/json");
                using HttpResponseMessage answer = await client.PostAsync(new Uri(address + "/score"), content);
                return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
            }

            string[] sent = [.. Enumerable.Range(0, 8).Select(i => $"[{i - 4}, {i / 2}]")];
            (HttpStatusCode Code, string Text)[] apart = new (HttpStatusCode, string)[sent.Length];
            for (int i = 0; i < sent.Length; i++)
                apart[i] = await Score(sent[i]);
            (HttpStatusCode Code, string Text)[] atOnce = await Task.WhenAll(sent.Select(Score));
            Assert.Equal(apart, atOnce);
            Assert.All(apart, answer => Assert.InRange(float.Parse(answer.Text, CultureInfo.InvariantCulture), 0, 1));
            Assert.True(apart.Distinct().Count() > 4);
            Assert.Equal((HttpStatusCode.BadRequest, "\"1 numbers were sent; the network takes 2.\""), await Score("[1]"));
        }
        finally
        {
            service.Kill(entireProcessTree: true);
        }
    }

    [GeneratedRegex(@"AUC ([\d.]+)")]
    private static partial Regex Area();

    [GeneratedRegex(@"#r ""nuget: ([\w.]+), ([\d.]+)""")]
    private static partial Regex Package();
}
