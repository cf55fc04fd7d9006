using System.CommandLine;
using MlNetShallowNet.Samples.Cluster;
using MlNetShallowNet.Samples.Commands.Help;

namespace MlNetShallowNet.Samples.Commands;

/// <summary>The options by which other machines train.</summary>
internal sealed class ClusterOptions
{
    private const double DefaultWait = 60;

    private readonly Option<ClusterAddress?> _address = Address("--cluster", "Have workers train, which join this machine there; all rows are trained on");
    private readonly Option<int?> _workers = OptionTexts.Number<int>("--workers", "For how many workers to wait [default: 1]", count => count >= 1, "at least 1");
    private readonly Option<double?> _wait = OptionTexts.Number<double>(
        "--wait", "Seconds to wait for workers, and for an answer of any [default: 60]", seconds => seconds is >= 1 and <= 1e6, "from 1 to 1,000,000");

    public void AddTo(Command command)
    {
        command.AddGroup("Other machines", _address, _workers, _wait);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_address) is null && (result.GetResult(_workers) ?? result.GetResult(_wait)) is { } alone)
                result.AddError($"{alone.Option.Name} says something of --cluster <host:port>, which is not given.");
        });
    }

    public ClusterTraining? Read(ParseResult parse) => parse.GetValue(_address) is { } address
        ? new ClusterTraining(address, parse.GetValue(_workers) ?? 1, TimeSpan.FromSeconds(parse.GetValue(_wait) ?? DefaultWait))
        : null;

    /// <summary>An option whose value is an address.</summary>
    public static Option<ClusterAddress?> Address(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "host:port",
        CustomParser = result =>
        {
            string given = result.Tokens[0].Value;
            if (ClusterAddress.Parse(given) is { } address)
                return address;
            result.AddError($"{name} must be a host and a port, such as 10.0.0.1:11111, not {given}.");
            return null;
        },
    };
}
