using System.CommandLine;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Commands;

/// <summary>The options that say which table to read, and how.</summary>
internal sealed class TableOptions
{
    private readonly DataOptions _data = new("The table: a CSV or TSV file with a line of column names, perhaps compressed (.gz); - for standard input");
    private readonly Option<string?> _label = OptionTexts.Text(
        "--label", "column", "The label column [default: one called Label, else the last]");
    private readonly FormatOptions _format = new();
    private readonly Option<string?> _positive = OptionTexts.Text(
        "--positive", "value", "The label value that means yes, against the rest if there are several others [default: 1, true, yes, ...; else the later of the two, which is reported]");

    private readonly Option<string[]> _ignore = Columns("--ignore", "Columns to leave out");
    private readonly Option<string[]> _categorical = Columns("--categorical", "Columns of numbers that are categories");
    private readonly Option<string[]> _text = Columns("--text", "Columns of free text, where it isn't found out");
    private readonly Option<string?> _weight = OptionTexts.Text(
        "--weight-column", "column", "The column of example weights (0 or more)");

    /// <summary>Those of which a saved model has its own.</summary>
    public IReadOnlyList<Option> OfTraining => [_ignore, _categorical, _text, _weight];

    /// <param name="command">The command.</param>
    /// <param name="isRequired">Whether it needs a table.</param>
    public void AddTo(Command command, bool isRequired = true)
    {
        command.AddGroup("The table", [.. _data.All, _label, _positive, _ignore, _categorical, _text, _weight]);
        _data.AddTo(command, isRequired);
        _format.AddTo(command);
    }

    /// <summary>Where the table is; null where none is given.</summary>
    public TableSource? Source(ParseResult parse) => _data.Find(parse);

    public TableSettings Read(ParseResult parse) => new(_data.Read(parse))
    {
        Label = parse.GetValue(_label),
        Positive = parse.GetValue(_positive),
        Format = _format.Read(parse),
        Ignored = parse.GetValue(_ignore) ?? [],
        Categorical = parse.GetValue(_categorical) ?? [],
        FreeTexts = parse.GetValue(_text) ?? [],
        Weight = parse.GetValue(_weight),
    };

    /// <summary>An option whose value is names of columns.</summary>
    public static Option<string[]> Columns(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "columns",
        AllowMultipleArgumentsPerToken = true,
    };
}
