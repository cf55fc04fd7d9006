using System.CommandLine;
using MlNetShallowNet.Samples.Cluster;
using MlNetShallowNet.Samples.Commands.Help;

namespace MlNetShallowNet.Samples.Commands;

/// <summary><c>worker</c>: trains members of networks for a <c>train --cluster</c> on another machine.</summary>
internal static class WorkerCommand
{
    private const double DefaultIdle = 60;

    public static Command Create()
    {
        Option<ClusterAddress?> join = ClusterOptions.Address("--join", "Where train --cluster runs");
        join.Required = true;
        Option<string[]> folders = new("--folder") { Description = "A folder whose files may be read; may be given several times", HelpName = "folder", Required = true };
        Option<double?> idle = OptionTexts.Number<double>(
            "--idle", "Seconds after which a worker ends that nobody asks for anything [default: 60]", seconds => seconds is >= 1 and <= 1e6, "from 1 to 1,000,000");
        Command command = new("worker", "Train members of networks for train --cluster on another machine.");
        command.AddGroup("The driver, and what is read for it", join, folders, idle);
        command.SetAction(parse => new WorkerJob
        {
            Driver = parse.GetValue(join)!,
            Folders = parse.GetValue(folders)!,
            Idle = TimeSpan.FromSeconds(parse.GetValue(idle) ?? DefaultIdle),
        }.Run());
        return command;
    }
}
