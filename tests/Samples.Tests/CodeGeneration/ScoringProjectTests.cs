using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using MlNetShallowNet.TestTools;

namespace MlNetShallowNet.SamplesTests.CodeGeneration;

/// <summary>The project that <c>train --code</c> writes builds, and says of a row what <c>predict</c> says.</summary>
public sealed class ScoringProjectTests : Shallownet
{
    [SkippableFact]
    public async Task ItBuildsAndScoresARowAloneAndAsAService()
    {
        LongTest.Require();
        Write("t.csv", OddTable);
        // What stands in folders above must not reach it.
        Write("Directory.Build.props", "<Project><PropertyGroup><TreatWarningsAsErrors>true</TreatWarningsAsErrors><TargetFramework>net1.0</TargetFramework></PropertyGroup></Project>");
        Write("Directory.Packages.props", "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>");
        RunLine("train --data t.csv --weight-column w --text note --categorical zip --preset fast --model m.zip --code my-project").Succeeds().Says("my-project: a C# project");
        RunLine("predict --model m.zip --data t.csv --output p.csv").Succeeds();
        string[] expected = File.ReadAllLines(PathOf("p.csv"))[1].Split(',');

        string folder = PathOf("my-project");
        Run build = Wait(Dotnet(folder, "build", "-v", "q", "--nologo"));
        Assert.True(build.ExitCode == 0, build.Output);
        AssertAnswer(expected, Wait(Dotnet(folder, "run", "--no-build", "--", "score", "example.json")).Succeeds().Output);

        using Process service = Dotnet(folder, "run", "--no-build", "--", "--urls", "http://127.0.0.1:0");
        try
        {
            string address = Address(service);
            using HttpClient client = new();
            string row = File.ReadAllText(Path.Combine(folder, "example.json"));
            using HttpResponseMessage answer = await Post(client, address, row);
            AssertAnswer(expected, await answer.Content.ReadAsStringAsync());
            // A column that the table does not have is a mistake of the caller's, not a missing value.
            using HttpResponseMessage refused = await Post(client, address, row.Replace("a-b", "a-c"));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("'a-c'", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            using HttpResponseMessage broken = await Post(client, address, "{\"a b\": \"many\"");
            Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
            Assert.Contains("$['a b']", await broken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            // Written otherwise, as the table has it: the same category.
            Assert.Contains("\"zip\": \"345\"", row, StringComparison.Ordinal);
            using HttpResponseMessage padded = await Post(client, address, row.Replace("\"345\"", "\"00345\""));
            AssertAnswer(expected, await padded.Content.ReadAsStringAsync());
            using HttpResponseMessage other = await Post(client, address, row.Replace("\"345\"", "\"99999\""));
            Assert.NotEqual(await padded.Content.ReadAsStringAsync(), await other.Content.ReadAsStringAsync());
            using HttpResponseMessage partly = await Post(client, address, "{}");
            Assert.Equal(HttpStatusCode.OK, partly.StatusCode);
        }
        finally
        {
            service.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public void AColumnOfFreeTextIsAText()
    {
        Write("t.csv", OddTable);
        RunLine("train --data t.csv --text note --preset fast --code my-project").Succeeds().Says("1 of free text");
        Assert.Contains("public string Note { get; set; } = \"\";", File.ReadAllText(PathOf("my-project/Row.cs")), StringComparison.Ordinal);
        Assert.Equal("good food, number 0", JsonDocument.Parse(File.ReadAllText(PathOf("my-project/example.json"))).RootElement.GetProperty("note").GetString());
    }

    [Fact]
    public void AFolderThatHoldsSomethingIsLeftAlone()
    {
        Write("t.csv", EasyTable);
        Directory.CreateDirectory(PathOf("mine"));
        File.WriteAllText(PathOf("mine/work.txt"), "mine");
        RunLine("train --data t.csv --preset fast --code mine").FailsWith("--code mine is there already and not an empty folder");
        RunLine("train --data t.csv --preset fast --code t.csv").FailsWith("--code t.csv is there already");
        Assert.Equal(["work.txt"], Directory.EnumerateFileSystemEntries(PathOf("mine")).Select(Path.GetFileName));
        Directory.CreateDirectory(PathOf("empty"));
        RunLine("train --data t.csv --preset fast --code empty").Succeeds().Says("bit for bit");
        Assert.True(File.Exists(PathOf("empty/model.zip")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(PathOf("."), "*.tmp"));
    }

    [Fact]
    public void MoreColumnsThanAClassShouldHaveAreSaid()
    {
        Write("t.csv", string.Concat(Enumerable.Range(0, 1001).Select(c => $"c{c},")) + "Label\n" + string.Concat(Enumerable.Range(0, 20).Select(r =>
            string.Concat(Enumerable.Range(0, 1001).Select(c => $"{(r + c) % 7},")) + $"{r % 2}\n")));
        RunLine("train --data t.csv --preset fast --code many").FailsWith("has 1001", "--ignore");
        Assert.False(Directory.Exists(PathOf("many")));
    }

    [Fact]
    public void NumbersThatAreCategoriesAndTimesAreThoseOfTheTable()
    {
        Write("t.csv", OddTable);
        RunLine("train --data t.csv --categorical zip --preset fast --code my-project").Succeeds();
        string row = File.ReadAllText(PathOf("my-project/Row.cs"));
        Assert.Contains("public string Zip { get; set => field = NumberAsWord(value); } = \"\";", row, StringComparison.Ordinal);
        Assert.Contains("public string Class { get; set; } = \"\";", row, StringComparison.Ordinal);
        // Named like a type that its own code needs.
        Assert.Contains("public DateTimeOffset? DateTime_2", row, StringComparison.Ordinal);
        JsonElement example = JsonDocument.Parse(File.ReadAllText(PathOf("my-project/example.json"))).RootElement;
        Assert.Equal("2024-04-24T00:06:00", example.GetProperty("date time").GetString());
    }

    /// <summary>Names that are no C# names, the same ones, or taken; dates, percentages, words, numbers as words, and free text; labels with a quote.</summary>
    private static string OddTable => "a b,a-b,class,\"say \"\"hi\"\"\",2nd,Row,when,date time,zip,rate,note,w,Label\n" + string.Concat(Enumerable.Range(0, 80).Select(i =>
    {
        string note = $"\"{(i % 2 == 0 ? "good" : "bad")} food, number {i % 7}\"";
        string missingAtTimes = i % 3 == 0 ? "" : $"k\\{i % 4}", quoted = i % 2 == 0 ? "\"ü\"\"\"" : "x", label = i % 13 > 6 ? "yes" : "\"it's \"\"no\"\"\"";
        return $"{i % 13 - 6}.5,{i * 7 % 10},{missingAtTimes},{quoted},{i % 5},{i % 6},2024-{i % 12 + 1:00}-{i % 28 + 1:00} 10:30,2024-04-24 {i % 24:00}:06,0{i * 5 % 7}345,{i % 9}.5 %,{note},{i % 2 + 1},{label}\n";
    }));

    private static void AssertAnswer(string[] expected, string json)
    {
        JsonElement answer = JsonDocument.Parse(json).RootElement;
        Assert.Equal(expected[0], CsvField(answer.GetProperty("label").GetString()!));
        Assert.Equal(float.Parse(expected[1], CultureInfo.InvariantCulture), answer.GetProperty("score").GetSingle());
        Assert.Equal(float.Parse(expected[2], CultureInfo.InvariantCulture), answer.GetProperty("probability").GetSingle());
    }

    private static string CsvField(string text) => text.Contains('"') ? $"\"{text.Replace("\"", "\"\"")}\"" : text;

    private static async Task<HttpResponseMessage> Post(HttpClient client, string address, string row)
    {
        using StringContent content = new(row, Encoding.UTF8, "application/json");
        return await client.PostAsync(new Uri(address + "/score"), content);
    }
}
