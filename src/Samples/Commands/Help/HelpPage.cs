using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Commands.Help;

/// <summary><c>--help</c>: what a command is for, its options in groups, and two examples.</summary>
internal sealed class HelpPage : SynchronousCommandLineAction
{
    private const int WidestName = 30;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Command command = parseResult.CommandResult.Command;
        string path = PathOf(parseResult.CommandResult);
        Paragraph(command.Description ?? "");
        Terminal.Line($"Usage: {Usage(command, path)}");
        Section("Commands", [.. command.Subcommands.Select(sub => (string.Join(' ', [sub.Name, .. sub.Arguments.Select(a => $"<{a.Name}>")]), sub.Description ?? ""))]);
        Section("What it takes", [.. command.Arguments.Select(argument => ($"<{argument.Name}>", argument.Description ?? ""))]);
        IEnumerable<Option> all = command.Options.Concat(parseResult.RootCommandResult.Command.Options.Where(option => option.Recursive)).Distinct();
        foreach (IGrouping<string, Option> group in OptionGroups.Of(all))
            Section(group.Key, [.. group.Select(Line)]);
        IReadOnlyList<string> examples = HelpExamples.Of(path);
        if (examples.Count > 0)
        {
            Terminal.Line();
            Terminal.Line("Examples");
            foreach (string example in examples)
                Terminal.Line($"  shallownet {example}");
        }
        return 0;
    }

    /// <summary>The command and those that it is a part of, as they are typed.</summary>
    public static string PathOf(CommandResult command)
    {
        Stack<string> names = new();
        for (SymbolResult? result = command; result is CommandResult of; result = of.Parent)
            names.Push(of.Command is RootCommand ? "shallownet" : of.Command.Name);
        return string.Join(' ', names);
    }

    private static string Usage(Command command, string path) => string.Join(' ',
    [
        path,
        .. command.Subcommands.Count > 0 ? [command.Action is null ? "<command>" : "[command]"] : Array.Empty<string>(),
        .. command.Arguments.Select(argument => $"<{argument.Name}>"),
        .. command.Options.Where(option => option.Required).Select(option => $"{option.Name} <{option.HelpName}>"),
        "[options]",
    ]);

    private static (string Name, string Text) Line(Option option)
    {
        string names = string.Join(", ", [option.Name, .. option.Aliases.Where(alias => alias != option.Name).Order(StringComparer.Ordinal)]);
        string value = option.Arity.MaximumNumberOfValues == 0 || option.HelpName is null ? "" : $" <{option.HelpName}>";
        return (names + value, $"{option.Description}{(option.Required ? " [required]" : "")}");
    }

    private static void Section(string title, (string Name, string Text)[] lines)
    {
        if (lines.Length == 0)
            return;
        Terminal.Line();
        Terminal.Line(title);
        int width = Math.Min(WidestName, lines.Max(line => line.Name.Length));
        string margin = new(' ', width + 4);
        foreach ((string name, string text) in lines)
        {
            string start = $"  {name.PadRight(width)}  ";
            foreach (string line in TextWrap.Lines(text, Terminal.TextWidth - margin.Length))
            {
                if (start.Length > margin.Length)
                {
                    Terminal.Line(start.TrimEnd());
                    start = margin;
                }
                Terminal.Line((start + line).TrimEnd());
                start = margin;
            }
        }
    }

    private static void Paragraph(string text)
    {
        foreach (string line in TextWrap.Lines(text, Terminal.TextWidth))
            Terminal.Line(line);
        Terminal.Line();
    }
}
