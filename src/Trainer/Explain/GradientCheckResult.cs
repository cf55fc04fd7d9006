namespace MlNetShallowNet.Learning;

/// <summary>What <see cref="GradientCheck"/> found, block by block.</summary>
public sealed class GradientCheckResult
{
    internal GradientCheckResult(IReadOnlyList<GradientCheckBlock> blocks) => Blocks = blocks;

    /// <summary>W1, b1, W2 and b2, in this order.</summary>
    public IReadOnlyList<GradientCheckBlock> Blocks { get; }

    /// <summary>The block of this name: W1, b1, W2 or b2.</summary>
    /// <exception cref="ArgumentException">There is no such block.</exception>
    public GradientCheckBlock this[string name] =>
        Blocks.FirstOrDefault(b => b.Name == name)
        ?? throw new ArgumentException($"There is no block '{name}'; there are W1, b1, W2 and b2.");

    /// <summary>No block differs.</summary>
    public bool Agrees => Blocks.All(b => b.Verdict != GradientVerdict.Differs);
}
