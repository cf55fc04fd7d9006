using System.Text.Json;

namespace MlNetShallowNet.Quality;

/// <summary>What nine peers reached on the same folds, as recorded in <c>peers.json</c>.</summary>
internal sealed class Peers
{
    private sealed record Result(double Auc, double Logloss, double Acc, double Fit_cpu_s);

    private readonly Dictionary<string, Dictionary<string, Result>> _tables;

    private Peers(Dictionary<string, Dictionary<string, Result>> tables) => _tables = tables;

    public static Peers Read(string path) => new(JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, Result>>>(
        File.ReadAllText(path), new JsonSerializerOptions { PropertyNameCaseInsensitive = true })!);

    /// <summary>The peers' names; none for a table that they were not measured on.</summary>
    public IEnumerable<string> On(string table) => _tables.TryGetValue(table, out Dictionary<string, Result>? all) ? all.Keys : [];

    public Metrics Quality(string table, string peer) =>
        new(_tables[table][peer].Auc, _tables[table][peer].Logloss, _tables[table][peer].Acc, double.NaN);

    public double CpuSeconds(string table, string peer) => _tables[table][peer].Fit_cpu_s;
}
