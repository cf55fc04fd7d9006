namespace MlNetShallowNet.Cluster;

/// <summary>A training on several machines cannot be finished; the message says why and what to do.</summary>
public sealed class ClusterTrainingException : Exception
{
    internal ClusterTrainingException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
