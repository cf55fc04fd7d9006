using System.Globalization;
using System.Text.Json;

namespace MlNetShallowNet.SamplesTests.Comparison;

/// <summary>A comparison of all trainers on a small table, made once for the tests that read its figures.</summary>
public sealed class NoisyComparison : Shallownet
{
    private readonly Lazy<JsonElement[]> _trainers;

    public NoisyComparison() => _trainers = new Lazy<JsonElement[]>(() =>
    {
        Write("t.csv", Table);
        RunLine("compare --data t.csv --folds 3 --preset fast --output c.json").Succeeds();
        return [.. JsonDocument.Parse(File.ReadAllText(PathOf("c.json"))).RootElement.GetProperty("trainers").EnumerateArray()];
    });

    /// <summary>x and y in 240 rows, 96 of them positive; the label follows x, and every fifth time it does not.</summary>
    internal static string Table => "x,y,Label\n" + string.Concat(Enumerable.Range(0, 240).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"{i * 37 % 240 / 8.0 - 10},{i * 11 % 17},{(i * 37 % 240 < 80 != (i % 5 == 0) ? 1 : 0)}\n")));

    /// <summary>What was written of each trainer.</summary>
    internal JsonElement[] Trainers => _trainers.Value;
}
