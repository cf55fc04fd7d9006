namespace MlNetShallowNet.SamplesTests;

/// <summary><c>evaluate</c> knows the rows that a model was trained on.</summary>
public sealed class SeenRowsTests : Shallownet
{
    private const string Equal = "equal rows that the model was trained on";

    private static string[] Lines(int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, 100).Select(i => $"{i},{random.NextDouble():0.000000},{(random.Next(3) == 0 ? "" : "red")},{(random.Next(2))}")];
    }

    private string Table(string name, string heading, IEnumerable<string> lines) => Write(name, heading + "\n" + string.Join('\n', lines) + "\n");

    [Fact]
    public void TheTrainingTableAPartOfItAndAFreshOneAreToldApart()
    {
        string[] old = Lines(1), fresh = Lines(2);
        Table("old.csv", "id,x,colour,Label", old);
        Run("train", "--data", "old.csv", "--ignore", "id", "--test-fraction", "0", "--epochs", "2", "--model", "m.zip").Succeeds();
        Says("All of these 100 rows " + Equal, "old.csv");

        // Other rows beside them, another order of rows and of columns, and another column that the model does not read.
        string[] mixed = [.. old.Take(30).Concat(fresh).Reverse().Select(line => line.Split(',')).Select(cells => $"{cells[3]},{cells[2]},other,{cells[1]}")];
        Table("mixed.csv", "Label,colour,id,x", mixed);
        Says("30 (23.1 %) of these 130 rows " + Equal, "mixed.csv");

        Table("fresh.csv", "id,x,colour,Label", fresh);
        string output = Run("evaluate", "--model", "m.zip", "--data", "fresh.csv", "--report", "r.html").Succeeds().Output;
        Assert.DoesNotContain(Equal, output, StringComparison.Ordinal);
        Assert.Contains("None of these 100 rows is a row that the model was trained on.", File.ReadAllText(PathOf("r.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void RowsThatWereHeldOutWereNotTrainedOn()
    {
        Table("t.csv", "id,x,colour,Label", Lines(1));
        Run("train", "--data", "t.csv", "--ignore", "id", "--epochs", "2", "--model", "m.zip").Succeeds();
        Says("80 (80.0 %) of these 100 rows " + Equal, "t.csv");
    }

    private void Says(string sentence, string table) =>
        Assert.Contains(sentence, string.Join(' ', Run("evaluate", "--model", "m.zip", "--data", table).Succeeds().Lines.Select(line => line.Trim())), StringComparison.Ordinal);
}
