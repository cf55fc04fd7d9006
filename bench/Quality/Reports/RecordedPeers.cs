using System.Text.Json;
using MlNetShallowNet.Quality.Measuring;

namespace MlNetShallowNet.Quality.Reports;

/// <summary>What peers reached on the same folds, as recorded in <c>peers.json</c> or measured by <c>peers.py</c>.</summary>
internal sealed class RecordedPeers
{
    private sealed record Result(double Auc, double Logloss, double Acc, double Fit_cpu_s, double? Ece);

    private readonly Dictionary<string, Dictionary<string, Result>> _tables;

    private RecordedPeers(Dictionary<string, Dictionary<string, Result>> tables) => _tables = tables;

    public static RecordedPeers Read(string path) => new(JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, Result>>>(
        File.ReadAllText(path), new JsonSerializerOptions { PropertyNameCaseInsensitive = true })!);

    /// <summary>These results, and in place of them another file's where it has the same peer on the same table.</summary>
    public RecordedPeers With(RecordedPeers newer)
    {
        Dictionary<string, Dictionary<string, Result>> tables = _tables.ToDictionary(t => t.Key, t => new Dictionary<string, Result>(t.Value));
        foreach ((string table, Dictionary<string, Result> results) in newer._tables)
        {
            if (!tables.TryGetValue(table, out Dictionary<string, Result>? known))
                tables[table] = known = [];
            foreach ((string peer, Result result) in results)
                known[peer] = result;
        }

        return new RecordedPeers(tables);
    }

    /// <summary>The peers' names; none for a table that they were not measured on.</summary>
    public IEnumerable<string> On(string table) => _tables.TryGetValue(table, out Dictionary<string, Result>? all) ? all.Keys : [];

    public Metrics Quality(string table, string peer) =>
        new(_tables[table][peer].Auc, _tables[table][peer].Logloss, _tables[table][peer].Acc, _tables[table][peer].Ece ?? double.NaN);

    public double CpuSeconds(string table, string peer) => _tables[table][peer].Fit_cpu_s;
}
