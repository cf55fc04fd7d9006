using System.CommandLine;
using MlNetShallowNet.Quality.Reports;
using MlNetShallowNet.Quality.Tables;
using MlNetShallowNet.Quality.Trainers;

namespace MlNetShallowNet.Quality.Commands;

/// <summary>The options that commands share.</summary>
internal sealed class RunOptions
{
    private readonly Option<string?> _trainers = new("--trainers")
    {
        Description = "Which, with commas: ours, fast, best, " + string.Join(", ", Contestant.InBoxNames),
    };
    private readonly Option<string> _preset = new("--preset")
    {
        Description = "Where our options start: default, fast, best",
        DefaultValueFactory = _ => "default",
    };
    private readonly Option<string[]> _set = new("--set")
    {
        Description = "An option of ShallowNetworkTrainer.Options on top, for example HiddenDropout=0; several times",
        DefaultValueFactory = _ => [],
    };
    private readonly Option<string> _tables = new("--tables")
    {
        Description = "A folder of NAME.csv or NAME.csv.gz, with folds/ of the same names where folds are given",
        DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "tables"),
    };
    private readonly Option<string?> _only = new("--only") { Description = "The tables to use, with commas" };
    private readonly Option<string?> _ignore = new("--ignore") { Description = "Columns to leave out, with commas" };
    private readonly Option<int> _folds = new("--folds")
    {
        Description = "Only so many of the folds",
        DefaultValueFactory = _ => int.MaxValue,
    };
    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Seed of generated tables",
        DefaultValueFactory = _ => 1,
    };
    private readonly Option<int?> _testRows = new("--test-rows") { Description = "Fresh rows of generated tables" };
    private readonly Option<string?> _save = new("--save")
    {
        Description = "Writes the page NAME.md of bench/results", HelpName = "name",
    };

    public void AddTo(Command command, bool tables = false, bool shapes = false)
    {
        Option[] options =
        [
            _trainers, _preset, _set, .. (Option[])(tables ? [_tables, _only, _ignore, _folds] : []), .. (Option[])(shapes ? [_seed, _testRows] : []), _save,
        ];
        foreach (Option option in options)
            command.Add(option);
    }

    public Contestant[] Trainers(ParseResult parse, string usual) =>
        Contestant.Find(List(parse.GetValue(_trainers) ?? usual), OwnOptions.Of(parse.GetValue(_preset)!, parse.GetValue(_set)!));

    /// <summary>The tables, read when they are asked for.</summary>
    public IEnumerable<Table> Tables(ParseResult parse) =>
        Table.Find(parse.GetValue(_tables)!, List(parse.GetValue(_only))).Select(file => Table.Read(file, List(parse.GetValue(_ignore))));

    public int Folds(ParseResult parse) => parse.GetValue(_folds);

    public int Seed(ParseResult parse) => parse.GetValue(_seed);

    public int? TestRows(ParseResult parse) => parse.GetValue(_testRows);

    public void Save(ParseResult parse, ResultFile file) => file.Save(parse.GetValue(_save));

    private static string[] List(string? text) => text?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
