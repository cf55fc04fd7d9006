using MlNetShallowNet.Samples.Examples;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Commands;

/// <summary>What the program does without a command: the whole way, once, on the breast-cancer table, with all defaults.</summary>
internal static class MainJob
{
    private const string RepositoryMark = "MlNetShallowNet.sln";

    public static void Run()
    {
        string folder = OutputFolder();
        new TrainingJob
        {
            Table = new TableSettings(SampleData.Path("breast-cancer.csv")),
            Network = new ShallowNetworkTrainer.Options { Seed = 1 },
            TestFraction = TrainCommand.DefaultTestFraction,
            ModelPath = Path.Combine(folder, "breast-cancer-model.zip"),
            NetworkPath = Path.Combine(folder, "breast-cancer-network.json"),
            ScoreTyped = (ml, model, rows, rowsOfEach) => FirstRows.ScoreTyped<TumourRow>(ml, model, rows, rowsOfEach, row => row.Label),
        }.Run();
    }

    /// <summary>Inside a clone of the repository its artifacts/, which git ignores; else the current directory.</summary>
    private static string OutputFolder()
    {
        for (DirectoryInfo? directory = new(Environment.CurrentDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, RepositoryMark)))
            {
                string artifacts = Path.Combine(directory.FullName, "artifacts");
                return Path.GetRelativePath(Environment.CurrentDirectory, Directory.CreateDirectory(artifacts).FullName);
            }
        }
        return "";
    }
}
