using System.CommandLine;
using System.CommandLine.Help;
using MlNetShallowNet.Samples.Commands.Explain;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Commands;

/// <summary>The program: its commands, and how its errors reach the user.</summary>
internal static class ProgramCommand
{
    private const int UserErrorCode = 1;
    private const int UsageErrorCode = 2;
    private const string TraceVariable = "SHALLOWNET_TRACE";

    private const string Quiet = "--quiet", Verbose = "--verbose";

    /// <summary>Runs the program.</summary>
    /// <returns>0; 1 for an error in what the user gave (a file, a column, a value); 2 for a command line that isn't understood.</returns>
    public static int Run(string[] args)
    {
        string[] words = args is ["help", .. string[] command] ? [.. command, "--help"] : args;
        ParseResult parse = Create().Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = ResponseFile.Read });
        string? misuse = parse.Errors.Count > 0 ? UsageError.Describe(parse)
            : parse.GetValue<bool>(Quiet) && parse.GetValue<bool>(Verbose) ? "--quiet and --verbose exclude each other." : null;
        if (misuse is not null)
        {
            Terminal.Error(misuse);
            Terminal.ErrorWriter.WriteLine($"See {HelpPage.PathOf(parse.CommandResult)} --help.");
            return UsageErrorCode;
        }
        try
        {
            using IDisposable stop = StopRequest.Listen();
            TextWriter output = Terminal.Out.Profile.Out.Writer;
            using IDisposable verbosity = Terminal.SetVerbosity(parse.GetValue<bool>(Quiet) ? -1 : parse.GetValue<bool>(Verbose) ? 1 : 0);
            return parse.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = output,
                Error = Terminal.ErrorWriter,
            });
        }
        catch (Exception e) when (UserError.Within(e) is { } error)
        {
            Terminal.Error(error.Message);
            return UserErrorCode;
        }
        catch (IOException e)
        {
            Terminal.Error($"Reading or writing failed: {e.Message}"); // of standard output, for example: files have errors of their own
            return UserErrorCode;
        }
        catch (Exception e) when (Environment.GetEnvironmentVariable(TraceVariable) is not "1")
        {
            Exception root = e.GetBaseException();
            string where = root.StackTrace?.Split('\n')[0].Trim() ?? "nowhere known";
            Terminal.Error($"{root.Message} (unforeseen: {root.GetType().Name} {where}; {TraceVariable}=1 in the environment shows more)");
            return UserErrorCode;
        }
    }

    /// <summary>All commands.</summary>
    public static RootCommand Create()
    {
        RootCommand root = new(
            "Trains, evaluates and uses a two-layer neural network on tables, with ML.NET. " +
            "Without a command it runs the whole way on data/breast-cancer.csv: read, train, evaluate, save, load, score.");
        root.Add(TrainCommand.Create());
        root.Add(EvaluateCommand.Create());
        root.Add(PredictCommand.Create());
        root.Add(ExportCommand.Create());
        root.Add(CrossValidateCommand.Create());
        root.Add(CompareCommand.Create());
        foreach (Command command in WorkCommands.Create())
            root.Add(command);
        root.Add(WorkerCommand.Create());
        root.Add(GenerateCommand.Create());
        root.Add(ExampleCommand.Create());
        root.Add(ExplainCommand.Create());
        root.Add(CompletionCommand.Create());
        // Made anew for each: an option knows all commands that it was ever added to.
        root.AddGroup(
            "Every command",
            new Option<bool>(Quiet) { Description = "Say nothing but errors; what --format, predict and generate write is written", Recursive = true },
            new Option<bool>(Verbose) { Description = "Show the trainer's own log and its progress on standard error", Recursive = true });
        TakeNoValues(root);
        root.SetAction(_ => MainJob.Run());
        root.Options.OfType<HelpOption>().Single().Action = new HelpPage();
        return root;
    }

    // A switch is said by being there; it would take true or false else, which completion would offer.
    private static void TakeNoValues(Command command)
    {
        foreach (Option option in command.Options.OfType<Option<bool>>())
            option.Arity = ArgumentArity.Zero;
        foreach (Command below in command.Subcommands)
            TakeNoValues(below);
    }
}
