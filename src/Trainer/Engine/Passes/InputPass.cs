namespace MlNetShallowNet.Engine;

/// <summary>
/// The first layer's passes over one kind of rows: Z1 = W1 X + b1 before the rest of the network, dW1 = dZ1 Xᵀ and the update of W1 after
/// it. Rows of two kinds at once (encoded ones) have two of these in turn.
/// </summary>
internal abstract class InputPass(Workspace work)
{
    protected Workspace Work { get; } = work;

    /// <summary>The multiply-adds for each hidden unit that Z1 and dW1 of so many rows take.</summary>
    public abstract double MultiplyAdds(TrainingRows rows, int count);

    /// <summary>How many shares a chunk of so many rows is divided into, as a power of two's logarithm; by shapes alone.</summary>
    public virtual int ShareShift(int count) => 0;

    /// <summary>Blocks that go through W1 together where one thread does them all.</summary>
    public virtual int BlocksAtOnce => 1;

    /// <summary>Reads the chunk, on the calling thread.</summary>
    /// <param name="training">Whether <see cref="ApplyGradient"/> will be next.</param>
    public abstract void Read(bool training);

    /// <summary>Z1 of some rows of the chunk, or this pass's part of it, on any thread.</summary>
    /// <param name="from">The first row in the chunk.</param>
    /// <param name="rows">How many.</param>
    /// <param name="first">Whether this is the first pass of the rows, which begins with b1.</param>
    public abstract void Multiply(int from, int rows, bool first);

    /// <summary>This pass's part of dW1 over the rows of a share, whose dZ1 is there, on any thread; nothing where that comes later.</summary>
    /// <param name="share">The share.</param>
    public virtual void AddShare(int share)
    {
    }

    /// <summary>dW1 of the chunk, as the sum of shares or all at once, and with a rule given the update of W1.</summary>
    /// <param name="add">Whether to add to what earlier chunks gave.</param>
    /// <param name="rule">The rule after the last chunk; else null.</param>
    /// <param name="scale">1 / sum of w.</param>
    public abstract void ApplyGradient(bool add, UpdateRule? rule, float scale);
}
