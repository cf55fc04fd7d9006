using MlNetShallowNet;
using MlNetShallowNet.Quality;
using MlNetShallowNet.Samples.Training;

const string Usage = """
    Trains and tests on real tables in five folds and compares with what peers reached on the same folds.

      dotnet run -c Release --project bench/Quality -- [--tables FOLDER] [--only NAME,NAME...] [--preset default|fast|best]
                                                       [--set OPTION=VALUE ...] [--peers FILE] [--title TEXT] [--out FILE]
      dotnet run -c Release --project bench/Quality -- ablation [--tables FOLDER] [--only NAME,NAME...] [--out FILE]

    ablation   the defaults with one ingredient changed at a time, as in docs/ablation.md
    --tables   a folder of NAME.csv with folds/NAME.csv; default: the tables that come with the benchmark
    --peers    what peers.py measured, in place of the recorded results where it has the same
    --set      an option of ShallowNetworkTrainer.Options on top of the preset, for example --set HiddenDropout=0
    --out      a file to add the results to, for example bench/results/quality.md
    """;

string folder = Path.Combine(AppContext.BaseDirectory, "tables"), preset = "default", title = "";
string? output = null;
string[] only = [];
var changes = new List<OptionSetting>();
Peers peers = Peers.Read(Path.Combine(AppContext.BaseDirectory, "peers.json"));
bool ablation = args is ["ablation", ..];
for (int i = ablation ? 1 : 0; i < args.Length; i++)
{
    if (args[i] is "--help" or "-h" || i + 1 == args.Length)
    {
        Console.WriteLine(Usage);
        return args[i] is "--help" or "-h" ? 0 : 2;
    }

    string value = args[++i];
    switch (args[i - 1])
    {
        case "--tables": folder = value; break;
        case "--only": only = value.Split(','); break;
        case "--preset": preset = value; break;
        case "--set": changes.Add(OptionSetting.Parse(value)); break;
        case "--peers": peers = peers.With(Peers.Read(value)); break;
        case "--title": title = value; break;
        case "--out": output = value; break;
        default:
            Console.Error.WriteLine($"There is no option '{args[i - 1]}'.\n\n{Usage}");
            return 2;
    }
}

ShallowNetworkTrainer.Options Options()
{
    ShallowNetworkTrainer.Options options = preset switch
    {
        "default" => new(),
        "fast" => ShallowNetworkTrainer.Options.Fast(),
        "best" => ShallowNetworkTrainer.Options.Best(),
        _ => throw new ArgumentException($"There is no preset '{preset}'; there are default, fast and best."),
    };
    changes.ForEach(change => change.Apply(options));
    return options;
}

string[] files = [.. Directory.GetFiles(folder, "*.csv").Where(f => only.Length == 0 || only.Contains(Path.GetFileNameWithoutExtension(f))).Order(StringComparer.Ordinal)];
if (files.Length == 0)
{
    Console.Error.WriteLine($"'{folder}' has no tables{(only.Length == 0 ? "" : " of these names")}.");
    return 2;
}

// The first fit compiles the code; it is not measured.
TableRun.Measure(Table.Read(files.MinBy(f => new FileInfo(f).Length)!), Options);
string report;
if (ablation)
{
    report = Ablation.Run([.. files.Select(Table.Read)], Console.Error);
}
else
{
    var runs = new List<TableRun>();
    foreach (string file in files)
    {
        runs.Add(TableRun.Measure(Table.Read(file), Options));
        Console.Error.WriteLine($"{runs[^1].Table}: AUC {runs[^1].Quality.Auc:F4}, log loss {runs[^1].Quality.LogLoss:F4}, {runs[^1].CpuSeconds:F2} s");
    }

    report = Report.Write(title.Length > 0 ? title : $"Preset {preset}", runs, peers);
}

Console.WriteLine(report);
if (output is not null)
    File.AppendAllText(output, report + "\n");
return 0;
