namespace MlNetShallowNet.Engine;

/// <summary>What all passes of an engine work on: the parameters and their gradient, the kernels, the chunk, and room for its numbers.</summary>
internal sealed class Workspace
{
    /// <summary>So many columns of a panel of W1 at once that their dW1 stays in the first-level cache.</summary>
    public const int DenseColumnsAtOnce = 96, SparseColumnsAtOnce = 192;

    // Below this many multiply-adds a pass over a chunk takes less time than sharing it would cost.
    private const long SmallestSharedWork = 300_000;

    public Workspace(ParameterLayout layout, Ramps ramps, IActivation activation, int widestLanes, int maximumBatch, WorkerPool pool)
    {
        (Layout, Pool, WidestLanes) = (layout, pool, widestLanes);
        Parameters = new AlignedFloats(layout.Count);
        Gradient = new AlignedFloats(layout.Count);
        Hidden = HiddenLayer.Create(layout, Parameters, activation, widestLanes);
        BlockRows = ChunkShape.BlockRows(layout);
        ChunkRows = ChunkShape.ChunkRows(layout, ramps, maximumBatch);
        A1 = new AlignedFloats(ChunkRows * layout.PaddedUnits);
        Workers = new WorkerScratch[pool.Count];
        for (int i = 0; i < pool.Count; i++)
            Workers[i] = new WorkerScratch(BlockRows, layout.PaddedUnits, Math.Max(DenseColumnsAtOnce, SparseColumnsAtOnce) * layout.PanelWidth);
    }

    public ParameterLayout Layout { get; }

    public WorkerPool Pool { get; }

    /// <summary>Numbers in the widest vector to be used; a layer of few units uses narrower ones.</summary>
    public int WidestLanes { get; }

    public AlignedFloats Parameters { get; }

    /// <summary>The sums of w dL over the batch, as <see cref="Parameters"/> are laid out.</summary>
    public AlignedFloats Gradient { get; }

    public HiddenLayer Hidden { get; }

    public int BlockRows { get; }

    public int ChunkRows { get; }

    public Chunk Chunk { get; } = new();

    /// <summary>Z1, then A1, then dZ1 of the chunk.</summary>
    public AlignedFloats A1 { get; }

    public WorkerScratch[] Workers { get; }

    /// <summary>The factor of the penalty.</summary>
    public float L2 { get; set; }

    /// <summary>dZ1 of the chunk's rows from one on.</summary>
    public PanelRows Rows(int from) => new(A1, ChunkRows, from);

    /// <summary>Whether so many multiply-adds for each hidden unit are worth sharing.</summary>
    public bool IsWorthSharing(double work) => Pool.Count > 1 && work * Layout.PaddedUnits >= SmallestSharedWork;

    /// <summary>Updates some parameters with their gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update(UpdateRule rule, int offset, int count, float scale, float l2) =>
        rule.Update(Parameters.AsSpan(offset, count), Gradient.AsSpan(offset, count), offset, scale, l2);
}
