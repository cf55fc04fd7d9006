using System.CommandLine;
using MlNetShallowNet.Samples.Cluster;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Commands;

/// <summary><c>worker</c>: trains members of networks for a <c>train --cluster</c> on another machine.</summary>
internal static class WorkerCommand
{
    private const double DefaultIdle = 60;

    public static Command Create()
    {
        Option<string?> join = ClusterOptions.Clustering("--join", "Where train --cluster runs");
        join.Required = true;
        Option<string[]> folders = new("--folder") { Description = "A folder whose files may be read; may be given several times [required, unless there is a --connection-name]", HelpName = "folder" };
        Option<string[]> databases = new("--connection-name")
        {
            Description = $"A database whose queries may be read, by what its connection string is called ({ConnectionStrings.Section}__NAME); may be given several times [required, unless there is a --folder]",
            HelpName = "name",
        };
        Option<double?> idle = OptionTexts.Number<double>(
            "--idle", "Seconds after which a worker ends that nobody asks for anything [default: 60]", seconds => seconds is >= 1 and <= 1e6, "from 1 to 1,000,000");
        Option<string?> certificate = ClusterOptions.Certificate();
        Command command = new("worker", "Train members of networks for train --cluster on another machine.");
        command.AddGroup("The driver, and what is read for it", join, certificate, folders, databases, idle);
        command.Validators.Add(result =>
        {
            if (result.GetResult(folders) is null && result.GetResult(databases) is null)
                result.AddError("A worker reads only what it may: give --folder <folder>, or --connection-name <name>.");
        });
        command.SetAction(parse => new WorkerJob
        {
            Clustering = Clustering.Of(parse.GetValue(join)!),
            Certificate = ClusterOptions.ReadCertificate(parse, certificate),
            Folders = parse.GetValue(folders) ?? [],
            Databases = (parse.GetValue(databases) ?? []).Distinct().ToDictionary(name => name, ConnectionStrings.Find),
            Idle = TimeSpan.FromSeconds(parse.GetValue(idle) ?? DefaultIdle),
        }.Run());
        return command;
    }
}
