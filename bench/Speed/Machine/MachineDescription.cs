using System.Runtime.InteropServices;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Bench.Machine;

/// <summary>What results were measured on, without anything that names the machine.</summary>
internal sealed record MachineDescription(
    string Processor, int Processors, string System, string Runtime, int VectorLanes, double PeakOneThread, double PeakTwoThreads)
{
    public static MachineDescription Measure() => new(
        ProcessorName(), Environment.ProcessorCount, RuntimeInformation.OSDescription.Split('#')[0].Trim(),
        RuntimeInformation.FrameworkDescription, Hardware.WidestLanes, FmaPeak.Measure(1), FmaPeak.Measure(2));

    private static string ProcessorName()
    {
        const string file = "/proc/cpuinfo";
        if (!File.Exists(file))
            return RuntimeInformation.ProcessArchitecture.ToString();
        string[] lines = File.ReadAllLines(file);
        return $"{Value("model name")} (family {Value("cpu family")}, model {Value("model")}, {Value("cache size")} cache)";

        string Value(string key) =>
            lines.FirstOrDefault(line => line.Split(':')[0].Trim() == key)?.Split(':')[1].Trim() ?? "unknown";
    }
}
