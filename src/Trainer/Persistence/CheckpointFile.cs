using MlNetShallowNet.Training;

namespace MlNetShallowNet.Persistence;

/// <summary>A checkpoint as a file, written safely, so that a kill while it is written leaves the one before.</summary>
/// <param name="path">The file.</param>
/// <param name="between">How long to wait from one to the next.</param>
/// <param name="origin">What the training is of.</param>
internal sealed class CheckpointFile(string path, TimeSpan between, IReadOnlyDictionary<string, string> origin) : ICheckpoint
{
    private Stopwatch _since = Stopwatch.StartNew();

    public bool IsDue => _since.Elapsed >= between;

    public void Write(Action<StateExchange> exchange)
    {
        SafeFile.Write(path, stream => StateFrame.Write(stream, origin, exchange));
        _since = Stopwatch.StartNew();
    }

    public void Read(Action<StateExchange> exchange)
    {
        if (!File.Exists(path))
            return;
        using FileStream stream = File.OpenRead(path);
        try
        {
            StateFrame.Read(stream, origin, exchange);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException(
                $"{path} is no checkpoint of this training: {error.Message.TrimEnd('.')}; train on the same rows with the same options, or delete it to train from the start.", error);
        }
    }
}
