namespace MlNetShallowNet.Cluster;

/// <summary>How a training on several machines goes on.</summary>
public sealed class ClusterFitOptions
{
    /// <summary>A folder, made where there is none, in which members are kept that are trained, so that another run with it need not train them again;
    /// those of other rows or options are refused. Default: null, nothing is kept.</summary>
    public string? WorkFolder { get; set; }

    /// <summary>For how long no worker need answer. Default: a minute.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Told in sentences which worker trains what. Default: nobody.</summary>
    public IProgress<string>? Log { get; set; }
}
