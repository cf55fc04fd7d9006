using MlNetShallowNet.Persistence;
using MlNetShallowNet.Training;

namespace MlNetShallowNet;

/// <summary>
/// A training on rows in parts, as work that can be done apart: members of the network are trained one by one, in this process or in others
/// that read the same parts, and joined. <see cref="ShallowNetworkTrainer.FitParts"/> does all of it in one process, with the same bits.
/// </summary>
/// <remarks>Members may be trained at the same time. What they give is checked when they are joined: members of other rows, options, seeds,
/// versions or widths of vectors are refused.</remarks>
public sealed class PartsTraining : IDisposable
{
    private readonly TrainingData _data;
    private readonly TrainingRun _run;
    private readonly Dictionary<string, string> _origin;
    private readonly Func<TrainedNetwork, ShallowNetworkTransformer> _transformer;

    internal PartsTraining(TrainingData data, TrainingSettings settings, Dictionary<string, string> origin, Func<TrainedNetwork, ShallowNetworkTransformer> transformer)
    {
        (_data, _origin, _transformer) = (data, origin, transformer);
        Members = settings.Members;
        Rows = data.Count;
        _run = new TrainingRun(data, null, null, null, settings);
    }

    /// <summary>How many members there are to train.</summary>
    public int Members { get; }

    /// <summary>How many rows can be trained on.</summary>
    public long Rows { get; }

    /// <summary>Trains a member with all threads that the options allow.</summary>
    /// <param name="member">Which, counted from 0.</param>
    /// <param name="cancellation">Ends training.</param>
    /// <returns>What joining needs: the trained parameters, the history, and the scores of the rows that the member left out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such member.</exception>
    /// <exception cref="InvalidOperationException">Training diverged.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public byte[] Train(int member, CancellationToken cancellation = default)
    {
        Check(member);
        using var result = new MemoryStream();
        StateFrame.Write(result, OriginOf(member), state => _run.Train(member, state, cancellation));
        return result.ToArray();
    }

    /// <summary>Joins the members to one network.</summary>
    /// <param name="members">What <see cref="Train"/> gave for each, in their order.</param>
    /// <exception cref="ArgumentException">There are not as many as <see cref="Members"/>.</exception>
    /// <exception cref="InvalidDataException">One is damaged, another member's, or of other rows, options or versions.</exception>
    public ShallowNetworkTransformer Join(IReadOnlyList<byte[]> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (members.Count != Members)
            throw new ArgumentException($"There are {members.Count} members where {Members} are to be joined; give all, in their order.", nameof(members));
        for (int k = 0; k < Members; k++)
            Take(k, members[k]);
        return _transformer(_run.Join());
    }

    /// <summary>Where <see cref="ShallowNetworkTrainer.FitParts"/> looks for a member that is trained already.</summary>
    /// <param name="workFolder">The folder.</param>
    /// <param name="member">Which, counted from 0.</param>
    public static string PathOf(string workFolder, int member)
    {
        ArgumentException.ThrowIfNullOrEmpty(workFolder);
        return Path.Combine(workFolder, $"member-{member}.state");
    }

    /// <summary>Lets go of the rows.</summary>
    public void Dispose()
    {
        _run.Dispose();
        _data.Dispose();
    }

    /// <summary>Trains all members together, but for those that lie in a folder, and joins them.</summary>
    /// <param name="workFolder">The folder; null for none.</param>
    internal ShallowNetworkTransformer Fit(string? workFolder) => _transformer(_run.Train(() =>
    {
        for (int k = 0; workFolder is not null && k < Members; k++)
            TakeFrom(workFolder, k);
    }));

    /// <summary>Takes a member that was trained already.</summary>
    internal void Take(int member, byte[] result)
    {
        Check(member);
        ArgumentNullException.ThrowIfNull(result);
        using var stream = new MemoryStream(result, writable: false);
        try
        {
            StateFrame.Read(stream, OriginOf(member), state => _run.Take(member, state));
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"Member {member} can't be joined: {error.Message.TrimEnd('.')}; train it again.", error);
        }
    }

    /// <summary>Takes a member from a folder, if it lies there.</summary>
    /// <returns>What its training gave, or null.</returns>
    internal byte[]? TakeFrom(string workFolder, int member)
    {
        string path = PathOf(workFolder, member);
        if (!File.Exists(path))
            return null;
        byte[] result = File.ReadAllBytes(path);
        Take(member, result);
        return result;
    }

    private Dictionary<string, string> OriginOf(int member) => new(_origin) { ["the member"] = $"{member} of {Members}" };

    private void Check(int member)
    {
        if (member < 0 || member >= Members)
            throw new ArgumentOutOfRangeException(nameof(member), member, $"There are members 0 to {Members - 1}.");
    }
}
