namespace MlNetShallowNet.Fuzz;

/// <summary>Something that reads bytes which it cannot trust.</summary>
internal abstract class Target
{
    /// <summary>What is altered, in the plural.</summary>
    public abstract string Name { get; }

    /// <summary>How many altered ones a full run tries.</summary>
    public abstract int FullCount { get; }

    /// <summary>The unaltered ones.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Makes an altered one whole again as far as checksums go.</summary>
    public virtual byte[] Seal(byte[] altered, Random random) => altered;

    /// <summary>Reads one.</summary>
    public abstract void Read(byte[] bytes);

    /// <summary>Whether an exception is the clear refusal that users are promised.</summary>
    public abstract bool IsRefusal(Exception error);
}
