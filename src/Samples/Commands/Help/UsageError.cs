using System.CommandLine;
using System.CommandLine.Parsing;

namespace MlNetShallowNet.Samples.Commands.Help;

/// <summary>What is wrong with a command line, in a sentence of ours: what was found, and what was probably meant.</summary>
internal static class UsageError
{
    public static string Describe(ParseResult parse) =>
        OfResponseFile(parse) ?? Unknown(parse) ?? OwnOfArgument(parse) ?? parse.Errors.Select(error => OfOption(error.SymbolResult)).FirstOrDefault(said => said is not null) ?? Missing(parse)
        ?? parse.Errors[0].Message;

    // Without its arguments, what else is wrong is no news.
    private static string? OfResponseFile(ParseResult parse) => parse.Errors.FirstOrDefault(error => error.Message.StartsWith('@'))?.Message;

    private static string? Unknown(ParseResult parse)
    {
        if (parse.UnmatchedTokens is not [string token, ..])
            return null;
        Command command = parse.CommandResult.Command;
        string path = HelpPage.PathOf(parse.CommandResult);
        if (token.StartsWith('-') && token.Length > 1)
        {
            string name = token.Split('=', ':')[0];
            IEnumerable<Option> options = command.Options.Concat(parse.RootCommandResult.Command.Options);
            return $"{path} has no option {name}{Meant(name, options.Where(o => !o.Hidden).SelectMany(o => (string[])[o.Name, .. o.Aliases]))}";
        }
        return command.Subcommands.Count > 0
            ? $"There is no command {token}{Meant(token, command.Subcommands.Select(sub => sub.Name))}"
            : $"{path} does not know what '{token}' is for: options begin with --, and a value stands behind its option.";
    }

    // An argument that was given: what is wrong with it our own rules say.
    private static string? OwnOfArgument(ParseResult parse) =>
        parse.Errors.FirstOrDefault(error => error.SymbolResult is ArgumentResult { Parent: CommandResult, Tokens.Count: > 0 })?.Message;

    private static string? OfOption(SymbolResult? symbol)
    {
        if ((symbol as OptionResult ?? symbol?.Parent as OptionResult) is not { Implicit: false } result)
            return null;
        Option option = result.Option;
        string value = option.HelpName ?? "value";
        return result.Tokens.Count < option.Arity.MinimumNumberOfValues ? $"{option.Name} has no value; it is {option.Name} <{value}>."
            : result.Tokens.Count > option.Arity.MaximumNumberOfValues
                ? $"{option.Name} takes one {value}, not {result.Tokens.Count}: {string.Join(", ", result.Tokens.Select(token => token.Value))}."
            : null;
    }

    private static string? Missing(ParseResult parse)
    {
        Command command = parse.CommandResult.Command;
        string path = HelpPage.PathOf(parse.CommandResult);
        if (command.Options.FirstOrDefault(option => option.Required && parse.GetResult(option) is null or { Implicit: true }) is { } required)
            return $"{path} needs {required.Name} <{required.HelpName}>.";
        if (command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0 && parse.GetResult(argument) is not { Tokens.Count: > 0 }) is { } missing)
            return $"{path} needs <{missing.Name}>; {path} --help lists what that can be.";
        return command.Subcommands.Count > 0 && command.Action is null
            ? $"{path} needs a command: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}."
            : null;
    }

    private static string Meant(string given, IEnumerable<string> names) => Misspelling.Closest(given, names) is { } name ? $"; did you mean {name}?" : ".";
}
