using System.CommandLine;
using MlNetShallowNet.Samples.Cluster;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Commands;

/// <summary>The options by which other machines train.</summary>
internal sealed class ClusterOptions
{
    private const double DefaultWait = 60;

    private readonly Option<string?> _cluster = Clustering("--cluster", "Have workers train, which join this machine there; all rows are trained on");
    private readonly Option<int?> _workers = OptionTexts.Number<int>("--workers", "For how many workers to wait [default: 1]", count => count >= 1, "a whole number of at least 1");
    private readonly Option<double?> _wait = OptionTexts.Number<double>(
        "--wait", "Seconds to wait for workers, and for an answer of any [default: 60]", seconds => seconds is >= 1 and <= 1e6, "from 1 to 1,000,000");

    private readonly Option<string?> _certificate = Certificate();

    public void AddTo(Command command)
    {
        command.AddGroup("Other machines", _cluster, _workers, _wait, _certificate);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_cluster) is null && (result.GetResult(_workers) ?? result.GetResult(_wait) ?? result.GetResult(_certificate)) is { } alone)
                result.AddError($"{alone.Option.Name} says something of --cluster <host:port or name>, which is not given.");
        });
    }

    public ClusterTraining? Read(ParseResult parse) => parse.GetValue(_cluster) is { } place
        ? new ClusterTraining(Cluster.Clustering.Of(place), ReadCertificate(parse, _certificate), parse.GetValue(_workers) ?? 1, TimeSpan.FromSeconds(parse.GetValue(_wait) ?? DefaultWait))
        : null;

    /// <summary>An option that says by what the machines of a cluster know each other.</summary>
    public static Option<string?> Certificate() => OptionTexts.Text(
        "--certificate", "file", "Speak only with machines that have this certificate with its key (PEM), and encrypted");

    public static SharedCertificate? ReadCertificate(ParseResult parse, Option<string?> option) =>
        parse.GetValue(option) is { } file ? SharedCertificate.Read(file) : null;

    /// <summary>An option that says how the machines of a cluster find each other.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What happens there.</param>
    public static Option<string?> Clustering(string name, string description)
    {
        Option<string?> option = OptionTexts.Text(
            name, "host:port or name", $"{description}; or the name of a connection string ({ConnectionStrings.Section}__NAME) of a Redis or PostgreSQL through which they find each other");
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { Length: > 0 } given && !Cluster.Clustering.IsWellFormed(given))
                result.AddError($"{name} must be a host and a port, such as 10.0.0.1:11111, or the name of a connection string, not {given}.");
        });
        return option;
    }
}
