using System.CommandLine;
using System.CommandLine.Parsing;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Commands;

/// <summary>The options that say where a table is: in files, or in a database.</summary>
internal sealed class DataOptions
{
    private readonly Option<string?> _data;
    private readonly Option<string?> _query = OptionTexts.Text(
        "--query", "sql", "Instead of --data: a query with ORDER BY, whose rows are the table");

    private readonly Option<string?> _connection = OptionTexts.Text(
        "--connection-name", "name", $"The database of the query: what its connection string is called, in the variable {ConnectionStrings.Section}__NAME or in {ConnectionStrings.SettingsFile}");

    /// <param name="description">What the table is for.</param>
    public DataOptions(string description) =>
        _data = OptionTexts.Text("--data", "file", description + "; Parquet files and patterns such as 'part-*.csv' too [required, unless there is a --query]");

    /// <summary>The options, for a group of the command's.</summary>
    public Option[] All => [_data, _query, _connection];

    /// <summary>Has the command check that one place is given.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isRequired">Whether it needs a table.</param>
    public void AddTo(Command command, bool isRequired = true) => command.Validators.Add(result =>
    {
        bool hasData = result.GetResult(_data) is not null, hasQuery = result.GetResult(_query) is not null, hasName = result.GetResult(_connection) is not null;
        if (hasData && (hasQuery || hasName))
            result.AddError("--data and --query both say where the table is; give one of them.");
        else if (hasQuery != hasName)
            result.AddError("--query and --connection-name belong together: what to ask, and which database.");
        else if (!hasData && !hasQuery && isRequired && !HasWrongArgument(result))
            result.AddError($"{HelpPage.PathOf(result)} needs --data <file>, or --query <sql> with --connection-name <name>.");
    });

    // Of which more can be said; the parser says nothing of it once the command itself is wrong.
    private static bool HasWrongArgument(CommandResult command)
    {
        foreach (ArgumentResult argument in command.Children.OfType<ArgumentResult>())
            argument.Argument.Validators.ForEach(validate => validate(argument));
        return command.Children.OfType<ArgumentResult>().Any(argument => argument.Errors.Any());
    }

    /// <summary>Where the table is that the command needs.</summary>
    public TableSource Read(ParseResult parse) => Find(parse)!;

    /// <summary>Where the table is; null where none is given.</summary>
    public TableSource? Find(ParseResult parse)
    {
        if (parse.GetValue(_query) is not { } sql)
            return parse.GetValue(_data) is { } path ? new TableSource(path) : null;
        DatabaseQuery query = new(sql, parse.GetValue(_connection)!);
        return new TableSource(query.Name, query);
    }
}
