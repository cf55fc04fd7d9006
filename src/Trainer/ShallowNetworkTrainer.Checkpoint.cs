using MlNetShallowNet.Engine;
using MlNetShallowNet.Options;
using MlNetShallowNet.Persistence;
using MlNetShallowNet.Training;

namespace MlNetShallowNet;

public sealed partial class ShallowNetworkTrainer
{
    private const double SecondsBetweenCheckpoints = 30;

    private CheckpointFile Checkpoint(string path, Dictionary<string, string> origin)
    {
        SafeFile.CheckWritable(path);
        if (File.Exists(path))
            _log.Info($"Goes on from the checkpoint {path}.");
        return new CheckpointFile(path, TimeSpan.FromSeconds(_options.CheckpointSeconds ?? SecondsBetweenCheckpoints), origin);
    }

    // All on which bits depend, by what a refusal calls it.
    private Dictionary<string, string> Origin(
        TrainingData data, TrainingRows? validation, ShallowNetworkModelParameters? initial, TrainingSettings settings)
    {
        var origin = new Dictionary<string, string>(LibraryVersions.Now())
        {
            ["the width of vectors"] = $"{Hardware.WidestLanes} numbers",
            ["the place of the rows"] = data.IsStreamed ? "a temporary file" : "memory",
            ["the training data"] = $"{data.Count} rows of {data.FeatureCount} features ({data.Fingerprint(_options.CancellationToken)})",
        };
        if (validation is not null)
            origin["the validation data"] = $"{validation.Count} rows ({new Fingerprint().Add(validation).Text})";
        if (initial is not null)
            origin["the initial model"] = $"{initial.HiddenUnits} hidden units ({Fingerprint(initial)})";
        Options used = _options.Copy();
        (used.Seed, used.NumberOfThreads, used.CheckpointPath, used.CheckpointSeconds, used.TimeBudgetSeconds) = (_seed, null, null, null, null);
        used.MemoryBudgetMegabytes = null;
        foreach ((string name, string value) in OptionTable.Texts(used))
            origin[name] = value;
        origin["what is trained"] = $"{settings.Members} members for {settings.Epochs} epochs"; // which a time budget has a say in
        return origin;
    }

    private static string Fingerprint(ShallowNetworkModelParameters model)
    {
        using var json = new MemoryStream();
        NetworkWriter.Write(new NetworkDocument(model.Trained with { Provenance = null }, null), json);
        return new Fingerprint().Add<byte>(json.GetBuffer().AsSpan(0, (int)json.Length)).Text;
    }
}
