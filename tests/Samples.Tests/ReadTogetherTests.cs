using MlNetShallowNet.TestTools;

namespace MlNetShallowNet.SamplesTests;

/// <summary>Columns that say more together than one by one, from a file to explanations.</summary>
public sealed class ReadTogetherTests : Shallownet
{
    [SkippableFact]
    public void MonthAndDayAreReadTogetherAndNamedSo()
    {
        LongTest.Require();
        // Much happens on half of the dates; so many words that rows are sparse.
        Random dates = new(1), random = new(2);
        bool[] isBusy = [.. Enumerable.Range(0, 6 * 10).Select(_ => dates.Next(2) == 0)];
        IEnumerable<string> Rows(int count) => Enumerable.Range(0, count).Select(i =>
        {
            (int month, int day) = (random.Next(6), random.Next(10));
            return $"{month + 1},{day + 1},w{i % 900},v{i % 800},{(random.NextDouble() < (isBusy[month * 10 + day] ? 0.8 : 0.2) ? "yes" : "no")}";
        });
        Write("dates.csv", string.Join('\n', Rows(13_000).Prepend("month,day,word,other,Label")) + "\n");
        Run trained = Run("train", "--data", "dates.csv", "--test-fraction", "0.1", "--epochs", "2", "--model", "m.zip", "--network", "n.json", "--report", "r.html", "--seed", "1").Succeeds();
        trained.Says("Also read together, for they say more so than one by one: 'month' with 'day'.");
        Assert.Contains("\"crosses\":[[0,1,1,1]]", File.ReadAllText(PathOf("n.json")), StringComparison.Ordinal);

        Write("few.csv", string.Join('\n', Rows(20).Prepend("month,day,word,other,Label")) + "\n");
        Run("explain", "trace", "--model", "m.zip", "--data", "few.csv", "--row", "3").Succeeds().Says("month near 1");
        Run("predict", "--model", "m.zip", "--data", "few.csv", "--explain", "--output", "p.csv").Succeeds();
        string[] lines = File.ReadAllLines(PathOf("p.csv"));
        int month = Array.IndexOf(lines[0].Split(','), "Contribution.month"), day = Array.IndexOf(lines[0].Split(','), "Contribution.day");
        Assert.All(lines[1..], line => Assert.All(new[] { month, day }, c => Assert.NotEqual(0, double.Parse(line.Split(',')[c], System.Globalization.CultureInfo.InvariantCulture))));
    }
}
