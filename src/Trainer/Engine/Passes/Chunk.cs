namespace MlNetShallowNet.Engine;

/// <summary>The rows of a step, or of an evaluation, that are in work at the moment, and how they are divided.</summary>
internal sealed class Chunk
{
    public TrainingRows Rows { get; private set; } = null!;

    /// <summary>The chunk's rows.</summary>
    public RowSelection Selection { get; private set; }

    /// <summary>The place of the chunk's first row in the batch.</summary>
    public int Place { get; private set; }

    /// <summary>How many rows.</summary>
    public int Count => Selection.Count;

    /// <summary>Blocks that the rows are divided into.</summary>
    public int Blocks { get; private set; }

    /// <summary>Shares that the blocks are divided into, a power of two: dW1 is the sum over them, in their order.</summary>
    public int Shares => 1 << _shareShift;

    /// <summary>Whether the calling thread does everything itself.</summary>
    public bool IsAlone { get; set; }

    private int _shareShift;
    private int _blockRows;

    /// <summary>Begins with these rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Begin(TrainingRows rows, RowSelection selection, int place, int blockRows, int shareShift)
    {
        (Rows, Selection, Place, _blockRows, _shareShift) = (rows, selection, place, blockRows, shareShift);
        Blocks = (selection.Count + blockRows - 1) / blockRows;
    }

    /// <summary>The first block of a share, or for the number of shares the end of the last.</summary>
    public int FirstBlock(int share) => (int)((long)Blocks * share >> _shareShift);

    /// <summary>The first row of a block, or for the number of blocks the end of the last.</summary>
    public int FirstRow(int block) => Math.Min(block * _blockRows, Count);
}
