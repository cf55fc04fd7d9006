using System.Globalization;
using System.Text.Json;

namespace MlNetShallowNet.SamplesTests.Explain;

/// <summary><c>predict --explain</c>, and the explanations of a saved model.</summary>
public class ContributionTests : Shallownet
{
    [Fact]
    public void Contributions_add_up_to_the_score_and_bear_the_names_of_columns()
    {
        string table = Head("telco-churn.csv", 1000);
        Run("train", "--data", table, "--epochs", "8", "--model", "m.zip").Succeeds();
        Run("predict", "--model", "m.zip", "--data", table, "--output", "plain.csv").Succeeds();
        Run("predict", "--model", "m.zip", "--data", table, "--output", "columns.csv", "--explain").Succeeds();
        Run("predict", "--model", "m.zip", "--data", table, "--output", "inputs.csv", "--by-input").Succeeds();

        string[][] byColumn = Rows("columns.csv"), byInput = Rows("inputs.csv");
        string[] names = [.. File.ReadLines(PathOf(table)).First().Split(',')[..^1]];
        Assert.Equal(names.Select(n => $"Contribution.{n}"), byColumn[0][4..]);
        Assert.Contains("Contribution.contract.Two year", byInput[0]);
        Assert.Contains("Contribution.total_charges is missing", byInput[0]);
        Assert.Equal(File.ReadLines(PathOf("plain.csv")), byColumn.Select(r => string.Join(',', r[..3])));

        foreach (string[][] rows in (string[][][])[byColumn, byInput])
        {
            foreach (string[] row in rows.Skip(1))
            {
                double difference = Number(row[1]) - Number(row[3]), sum = row[4..].Sum(Number);
                // Doubles that are printed with all their digits: what is left is their rounding.
                Assert.Equal(difference, sum, 1e-12);
            }
        }
    }

    [Fact]
    public void The_words_of_a_column_and_its_mark_are_added_up()
    {
        Write("t.csv", "colour,size,Label\n" + string.Concat(Enumerable.Range(0, 80).Select(i =>
            $"{(i % 3 == 0 ? "red" : "blue")},{(i % 7 == 0 ? "" : $"{i % 10}")},{(i % 3 == 0 ? 1 : 0)}\n")));
        RunLine("train --data t.csv --model m.zip --epochs 20").Succeeds();
        RunLine("predict --model m.zip --data t.csv --output c.csv --explain").Succeeds();
        RunLine("predict --model m.zip --data t.csv --output i.csv --by-input").Succeeds();
        string[][] columns = Rows("c.csv"), inputs = Rows("i.csv");
        Assert.Equal(["Contribution.colour", "Contribution.size"], columns[0][4..]);
        Assert.Equal(
            ["Contribution.size", "Contribution.colour.red", "Contribution.colour.blue", "Contribution.size is missing"], inputs[0][4..]);
        foreach ((string[] c, string[] i) in columns.Skip(1).Zip(inputs.Skip(1)))
        {
            Assert.Equal(Number(i[5]) + Number(i[6]), Number(c[4]), 1e-12);
            Assert.Equal(Number(i[4]) + Number(i[7]), Number(c[5]), 1e-12);
        }
    }

    [Fact]
    public void A_saved_model_is_explained_on_the_inputs_that_it_sees()
    {
        Run("train", "--data", Data("telco-churn.csv"), "--epochs", "3", "--model", "m.zip", "--activation", "tanh").Succeeds();
        TracesTheScore("--model", "m.zip", "m.zip", "telco-churn.csv", row: 17);

        // The same network from its JSON, with the knots by which it encodes its inputs.
        Run("train", "--data", Data("breast-cancer.csv"), "--epochs", "2", "--model", "e.zip", "--network", "e.json").Succeeds();
        TracesTheScore("--network", "e.json", "e.zip", "breast-cancer.csv", row: 5);
        Run("explain", "trace", "--network", "e.json", "--data", Data("breast-cancer.csv"), "--scaling", "standardize").FailsWith("--scaling");

        // Every parameter is moved by itself: for one small network that is quick, for an ensemble's tens of thousands it is not.
        Run("train", "--data", Data("telco-churn.csv"), "--epochs", "3", "--model", "small.zip", "--hidden", "6").Succeeds();
        Run gradients = Run("explain", "gradients", "--model", "small.zip", "--data", Data("telco-churn.csv"), "--examples", "60").Succeeds();
        Assert.Contains("The gradient is right.", gradients.Output);
        Run("explain", "trace", "--model", "m.zip", "--data", Data("telco-churn.csv"), "--network", "n.json").FailsWith("--network");
        Run("explain", "trace", "--model", "m.zip", "--data", Data("planar-flower.csv")).FailsWith("has no column");
    }

    // The trace of a row, by the model or by its network, ends at the score that predict gives.
    private void TracesTheScore(string option, string explained, string model, string table, int row)
    {
        Run("predict", "--model", model, "--data", Data(table), "--output", "scores.csv").Succeeds();
        Run("explain", "trace", option, explained, "--data", Data(table), "--row", $"{row}", "--output", "trace.json").Succeeds();
        using JsonDocument trace = JsonDocument.Parse(File.ReadAllText(PathOf("trace.json")));
        double z2 = trace.RootElement.GetProperty("symbols").GetProperty("Z2")[0][0].GetDouble();
        Assert.Equal(Number(Rows("scores.csv")[row][1]), z2, 1e-4 * Math.Max(1, Math.Abs(z2)));
    }

    private string[][] Rows(string name) => [.. File.ReadLines(PathOf(name)).Select(line => line.Split(','))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
