using System.Text.Json;

namespace MlNetShallowNet.Bench.Training;

/// <summary>
/// What one run of a peer, or of ours, reports: seconds per epoch by the clock and the least by what the process used of its processors,
/// the loss on all rows at the end, the process's peak memory.
/// </summary>
internal sealed record TrainingTime(
    string Peer, string Version, string Configuration, string Activation, string Threads, double Best, double Median, double Processor,
    double Loss, double Megabytes, string Blas = "", long Allocated = 0, int Round = 1)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
}
