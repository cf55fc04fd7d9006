namespace MlNetShallowNet.Cluster.Driving;

/// <summary>The members of a network that are trained, and the folder where they are kept.</summary>
internal sealed class KeptMembers
{
    private readonly string? _folder;
    private readonly byte[]?[] _members;

    /// <param name="training">The training.</param>
    /// <param name="folder">The folder, made where there is none; null to keep nothing.</param>
    /// <exception cref="InvalidDataException">A member in the folder is damaged, or of other rows or options.</exception>
    public KeptMembers(PartsTraining training, string? folder)
    {
        (_folder, _members) = (folder, new byte[training.Members][]);
        if (folder is null)
            return;
        Directory.CreateDirectory(folder);
        for (int k = 0; k < _members.Length; k++)
            _members[k] = training.TakeFrom(folder, k); // refused, if it is of other rows, before others are trained in vain
    }

    /// <summary>Those that are to be trained.</summary>
    public int[] Missing => [.. Enumerable.Range(0, _members.Length).Where(k => _members[k] is null)];

    /// <summary>All, once none is missing.</summary>
    public byte[][] All => [.. _members.Select(member => member!)];

    /// <summary>Takes a member.</summary>
    public void Keep(int member, byte[] result)
    {
        _members[member] = result;
        if (_folder is not null)
            SafeFile.Write(PartsTraining.PathOf(_folder, member), stream => stream.Write(result));
    }
}
