using System.Security.Cryptography;

namespace MlNetShallowNet.Fuzz;

/// <summary>Checkpoints of a training, with a checksum that is right again.</summary>
internal sealed class Checkpoints : Target
{
    private static readonly string _path = Path.Combine(Path.GetTempPath(), $"fuzz-{Environment.ProcessId}.checkpoint");

    public override string Name => "checkpoints";

    public override int FullCount => 2_000;

    public override IReadOnlyList<byte[]> Seeds { get; } = [Written()];

    public override byte[] Seal(byte[] altered, Random random) => [.. altered, .. SHA256.HashData(altered)];

    public override void Read(byte[] bytes)
    {
        File.WriteAllBytes(_path, Seeds.Contains(bytes) ? Seal(bytes, null!) : bytes);
        try
        {
            Examples.Train(Options(null));
        }
        finally
        {
            File.Delete(_path);
        }
    }

    // A parameter that was altered to something huge may make training run away, which it says.
    public override bool IsRefusal(Exception error) => error is InvalidDataException || (error is InvalidOperationException && error.Message.StartsWith("Training diverged", StringComparison.Ordinal));

    private static byte[] Written()
    {
        try
        {
            Examples.Train(Options(new Kill()));
        }
        catch (Killed)
        {
            // As asked.
        }
        byte[] bytes = File.ReadAllBytes(_path);
        File.Delete(_path);
        return bytes[..^SHA256.HashSizeInBytes];
    }

    private static ShallowNetworkTrainer.Options Options(IProgress<TrainingProgress>? progress) => new()
    {
        HiddenUnits = 4,
        Members = 2,
        NumberOfIterations = 4,
        NumberOfThreads = 1,
        CheckpointPath = _path,
        CheckpointSeconds = 1e-9,
        Progress = progress,
    };

    private sealed class Killed : Exception;

    private sealed class Kill : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Epoch == 3)
                throw new Killed();
        }
    }
}
