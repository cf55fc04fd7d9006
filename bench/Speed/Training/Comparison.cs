using System.Globalization;
using System.Text.Json;
using MlNetShallowNet.Bench.Machine;

namespace MlNetShallowNet.Bench.Training;

/// <summary>Trains the configurations side by side with the peers, in turns, and writes the table of ratios.</summary>
internal static class Comparison
{
    public static void Run(string[] names, int rounds, string[] threads, string? resultFolder)
    {
        MachineDescription machine = MachineDescription.Measure();
        Console.WriteLine($"{machine.Processor}, {machine.Processors} processors, {machine.Runtime}");
        Console.WriteLine($"multiply-add peak: {machine.PeakOneThread:F0} GFLOP/s on one thread, {machine.PeakTwoThreads:F0} on two");
        var times = new List<TrainingTime>();
        foreach (Configuration configuration in Configuration.All.Where(c => names.Length == 0 || names.Contains(c.Name)))
        {
            string folder = Directory.CreateTempSubdirectory("bench").FullName;
            try
            {
                Peers.Python<TrainingTime>("data.py", configuration.Name, folder, $"{rounds}");
                for (int round = 1; round <= rounds; round++)
                {
                    foreach (string activation in configuration.Activations)
                        Round(configuration, activation, threads, folder, round, times);
                }
                foreach (string activation in configuration.Activations)
                    Console.WriteLine(Table.Row(configuration, activation, times, machine));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        string table = Table.Of(times, machine);
        Console.WriteLine();
        Console.WriteLine(table);
        if (resultFolder is null)
            return;
        Directory.CreateDirectory(resultFolder);
        string name = $"training-{DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        File.WriteAllText(Path.Combine(resultFolder, name + ".md"), table);
        var json = new { machine, times };
        File.WriteAllText(
            Path.Combine(resultFolder, name + ".json"),
            JsonSerializer.Serialize(json, new JsonSerializerOptions(TrainingTime.Json) { WriteIndented = true }) + "\n");
    }

    private static void Round(
        Configuration configuration, string activation, string[] threads, string folder, int round, List<TrainingTime> times)
    {
        foreach (string count in threads)
            times.Add(Peers.Own("train-one", configuration.Name, activation, count, folder, $"{round}"));
        foreach ((string peer, string split) in configuration.Peers.Where(p => threads.Contains(p.Threads.Split(',').Max())))
        {
            if (Peers.Python<TrainingTime>("train.py", peer, configuration.Name, activation, split, folder, $"{round}") is { } time)
                times.Add(time);
        }
    }
}
