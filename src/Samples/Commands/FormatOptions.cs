using System.CommandLine;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Commands;

/// <summary>The options that say how a table is written.</summary>
internal sealed class FormatOptions
{
    private readonly Option<char?> _separator = new("--separator")
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

    private readonly Option<bool> _noHeader = new("--no-header")
    {
        Description = "The file has no line of names: call the columns Column1, Column2, ...",
    };

    private readonly Option<bool> _noQuotes = new("--no-quotes")
    {
        Description = "Quotes are letters like any other and enclose nothing",
    };

    private readonly Option<int?> _skipLines = OptionTexts.Number<int>(
        "--skip-lines", "How many lines stand before the table [default: found out]", lines => lines >= 0, "a whole number from 0");

    public void AddTo(Command command)
    {
        _separator.Completes(Separator.Names);
        command.AddGroup("How the table is written", _separator, _noHeader, _noQuotes, _skipLines);
    }

    public TextFormat Read(ParseResult parse) => new()
    {
        Separator = parse.GetValue(_separator),
        HasHeader = !parse.GetValue(_noHeader),
        HasQuotes = !parse.GetValue(_noQuotes),
        SkippedLines = parse.GetValue(_skipLines),
    };
}
