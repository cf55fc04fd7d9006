namespace MlNetShallowNet.Samples.Report.Charts;

/// <summary>A network on its way.</summary>
/// <param name="Epoch">After how many epochs.</param>
/// <param name="Network">The network then.</param>
internal sealed record BoundaryStage(int Epoch, ShallowNetworkModelParameters Network);
