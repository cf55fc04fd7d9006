using System.CommandLine;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Commands;

/// <summary>The options that say which table to read, and how.</summary>
internal sealed class TableOptions
{
    private readonly Option<string> _data = OptionTexts.RequiredFile(
        "--data", "The table: a CSV or TSV file with a line of column names");
    private readonly Option<string?> _label = OptionTexts.Text(
        "--label", "column", "The label column [default: one called Label, else the last]");
    private readonly Option<char?> _separator = SeparatorOption();
    private readonly Option<bool> _noHeader = NoHeaderOption();
    private readonly Option<string?> _positive = OptionTexts.Text(
        "--positive", "value", "The label value that means yes [default: 1, true, yes, ...; else the later of the two, which is reported]");

    private readonly Option<string[]> _ignore = Columns("--ignore", "Columns to leave out");
    private readonly Option<string[]> _categorical = Columns("--categorical", "Columns of numbers that are categories");
    private readonly Option<string?> _weight = OptionTexts.Text(
        "--weight-column", "column", "The column of example weights (0 or more)");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_data, _label, _positive, _separator, _noHeader, _ignore, _categorical, _weight])
            command.Add(option);
    }

    public TableSettings Read(ParseResult parse) => new(parse.GetRequiredValue(_data))
    {
        Label = parse.GetValue(_label),
        Positive = parse.GetValue(_positive),
        Separator = parse.GetValue(_separator),
        HasHeader = !parse.GetValue(_noHeader),
        Ignored = parse.GetValue(_ignore) ?? [],
        Categorical = parse.GetValue(_categorical) ?? [],
        Weight = parse.GetValue(_weight),
    };

    /// <summary>An option for the separator.</summary>
    public static Option<char?> SeparatorOption() => new("--separator")
    {
        Description = "What stands between fields: comma, tab, semicolon, pipe, space or any character [default: found out]",
        HelpName = "name",
        CustomParser = result =>
        {
            try
            {
                return Separator.Parse(result.Tokens[0].Value);
            }
            catch (ArgumentException e)
            {
                result.AddError(e.Message);
                return null;
            }
        },
    };

    /// <summary>An option for files without a line of names.</summary>
    public static Option<bool> NoHeaderOption() => new("--no-header")
    {
        Description = "The file has no line of names: call the columns Column1, Column2, ...",
    };

    private static Option<string[]> Columns(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "columns",
        AllowMultipleArgumentsPerToken = true,
    };
}
