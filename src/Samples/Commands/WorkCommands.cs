using System.CommandLine;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Commands;

/// <summary><c>plan</c>, <c>train-member</c> and <c>join</c>: one training as processes that any scheduler can start, wherever they see the same files.</summary>
internal static class WorkCommands
{
    private const string PlanName = "plan";

    public static IEnumerable<Command> Create() => [Plan(), TrainMember(), Join()];

    private static Command Plan()
    {
        (Command command, TableOptions table, NetworkOptions network, Option<string> work) = Planned();
        command.SetAction(parse =>
        {
            string[] arguments = [.. parse.Tokens.Select(token => token.Value)];
            // All of them but the command's name, where the plan goes, and how much is said of it.
            int name = Array.IndexOf(arguments, PlanName), at = Array.IndexOf(arguments, work.Name);
            string[] kept = [.. arguments.Where((a, i) => i != name && i != at && i != at + 1 && a is not ("--quiet" or "--verbose"))];
            new WorkFolder(parse.GetRequiredValue(work)).Plan(kept, table.Read(parse), network.Read(parse));
        });
        return command;
    }

    private static Command TrainMember()
    {
        Option<string> work = Work("The folder of the plan, where the member goes");
        Option<int?> member = OptionTexts.Number<int>("--member", "Which member, counted from 0", number => number >= 0, "a whole number from 0");
        member.Required = true;
        Command command = new("train-member", "Train one member of a planned network; members may be trained at the same time, anywhere.");
        command.AddGroup("What is trained", work, member);
        command.SetAction(parse =>
        {
            WorkFolder folder = new(parse.GetRequiredValue(work));
            (TableSettings table, ShallowNetworkTrainer.Options options) = Read(folder);
            folder.Train(parse.GetValue(member)!.Value, table, options);
        });
        return command;
    }

    private static Command Join()
    {
        Option<string> work = Work("The folder of the plan and its members");
        Option<string?> model = OptionTexts.Text("--model", "file", "Save the ML.NET model here (.zip)");
        Option<string?> json = OptionTexts.Text("--network", "file", "Save the network here as JSON");
        Option<double?> threshold = ThresholdOptions.Threshold("0.5");
        Command command = new("join", "Join the members of a planned network into one, and save it.");
        command.AddGroup("What is joined", work);
        command.AddGroup("What is written", threshold, model, json);
        command.SetAction(parse =>
        {
            WorkFolder folder = new(parse.GetRequiredValue(work));
            (TableSettings table, ShallowNetworkTrainer.Options options) = Read(folder);
            new TrainingJob
            {
                Table = table,
                Network = options,
                TestFraction = 0,
                Threshold = parse.GetValue(threshold),
                ModelPath = parse.GetValue(model),
                NetworkPath = parse.GetValue(json),
                Work = folder,
                Joins = true,
            }.Run();
        });
        return command;
    }

    private static (Command Command, TableOptions Table, NetworkOptions Network, Option<string> Work) Planned()
    {
        TableOptions table = new();
        NetworkOptions network = new();
        Option<string> work = Work("A folder that all processes see: the plan goes there, and the members");
        Command command = new(PlanName, "Plan one training for several processes: Slurm's array jobs, Kubernetes' indexed jobs, or by hand.");
        table.AddTo(command);
        command.AddGroup("Where the work goes", work);
        network.AddTo(command);
        return (command, table, network, work);
    }

    private static (TableSettings Table, ShallowNetworkTrainer.Options Options) Read(WorkFolder folder)
    {
        (Command command, TableOptions table, NetworkOptions network, Option<string> work) = Planned();
        // What was in response files stands in the plan itself; an argument that begins with @ is a value.
        ParseResult parse = command.Parse([.. folder.Arguments(), work.Name, "."], new ParserConfiguration { ResponseFileTokenReplacer = null });
        return parse.Errors.Count == 0
            ? (table.Read(parse), network.Read(parse))
            : throw new UserError($"The plan can't be read: {parse.Errors[0].Message.TrimEnd('.')}; make it again with shallownet plan.");
    }

    private static Option<string> Work(string description) =>
        new("--work") { Description = description, HelpName = "folder", Required = true };
}
