using System.Diagnostics;
using System.Numerics.Tensors;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Engine;

/// <summary>
/// Trains one network: forward, backward and update over batches of rows in single precision, allocating nothing per step. The equations
/// are those of <see cref="TextbookNetwork"/>, transposed: rows are examples here, so Z1 is m x H.
/// Not thread-safe; engines for different networks may be used at the same time and share their rows.
/// </summary>
/// <remarks>
/// A step works in two phases on chunks of rows that fit the cache. First, blocks of rows go forward and backward to dZ1. Then dW1 is
/// computed and applied for blocks of features. Blocks, and the order in which what they give is added up, follow from shapes and rows;
/// nothing depends on which thread does one, so the same seed gives the same bits on any number of threads. How threads share is chosen so
/// that little passes from core to core, for their caches may be far apart.
/// </remarks>
internal sealed partial class BackpropagationEngine : IDisposable
{
    private readonly AlignedFloats _parameters;
    private readonly AlignedFloats _gradient;
    private readonly HiddenLayer _hidden;
    private readonly Team _team;
    private readonly SharingTrial _sharing = new();
    private bool _isTimed; // as steps of the same kind follow one another; the smallest take less time than to look at the clock
    private readonly int _blockRows;
    private readonly int _chunkRows;
    private readonly int _packedStride;
    private IUpdateRule? _attached;
    private ulong _step;

    /// <param name="featureCount">D.</param>
    /// <param name="hiddenUnits">H.</param>
    /// <param name="activation">g; one of <see cref="Activation.BuiltIn"/> is vectorised, a user's own is called number by number.</param>
    /// <param name="maximumBatch">Rows of the batches to come, so that workspace fits; larger batches work too.</param>
    /// <param name="threads">How many threads may work on a step. Results do not depend on it.</param>
    /// <param name="lanes">Numbers in a vector (16, 8, 4 or 1), for tests; 0 for what suits the machine.</param>
    public BackpropagationEngine(
        int featureCount, int hiddenUnits, IActivation activation, int maximumBatch, int threads, int lanes = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(featureCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hiddenUnits);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumBatch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        ArgumentNullException.ThrowIfNull(activation);
        Layout = new ParameterLayout(featureCount, hiddenUnits, lanes > 0 ? lanes : Hardware.LanesFor(hiddenUnits, activation));
        _parameters = new AlignedFloats(Layout.Count);
        _gradient = new AlignedFloats(Layout.Count);
        _hidden = HiddenLayer.Create(Layout, _parameters, activation);
        _team = new Team(threads);
        _rowWork = new RowWork(this);
        _groupWork = new GroupWork(this);
        _sumWork = new SumWork(this);
        _featureWork = new FeatureWork(this);
        _columnWork = new ColumnWork(this);
        _updateWork = new UpdateWork(this);
        _partForwardWork = new PartForwardWork(this);
        _partUpdateWork = new PartUpdateWork(this);

        _packedStride = ChunkShape.PackedStride(featureCount);
        _blockRows = ChunkShape.BlockRows(Layout);
        _chunkRows = ChunkShape.ChunkRows(Layout, maximumBatch);
        int blocks = _chunkRows / _blockRows, units = Layout.PaddedUnits;
        _a1 = new AlignedFloats(_chunkRows * units);
        _z2 = new float[_chunkRows];
        _indices = new int[_chunkRows];
        _shares = new float[blocks * 2 * units];
        _sums = new BlockSums[blocks];
        _workers = new WorkerScratch[threads];
        for (int i = 0; i < threads; i++)
            _workers[i] = new WorkerScratch(_blockRows, units, Math.Max(FeaturesAtOnce, ColumnsAtOnce) * Layout.PanelWidth);
    }

    public ParameterLayout Layout { get; }

    /// <summary>The factor λ of the penalty λ/2 (‖W1‖² + ‖W2‖²), which is added to J; biases are free.</summary>
    public float L2 { get; set; }

    /// <summary>s: labels 0 and 1 are trained towards s/2 and 1 - s/2; 0 for none. Evaluation uses the labels as they are.</summary>
    public float LabelSmoothing { get; set; }

    /// <summary>What steps leave out; evaluation leaves out nothing.</summary>
    public Dropout Dropout { get; set; }

    /// <summary>All parameters in the engine's <see cref="Layout"/>, for snapshots; padded lanes must stay zero.</summary>
    public Span<float> Parameters
    {
        get
        {
            CatchUp();
            return _parameters.Span;
        }
    }

    /// <summary>Takes over a network given in the course's shapes (W1 H x D row by row, b1 H, W2 H).</summary>
    public void Load(ReadOnlySpan<float> w1, ReadOnlySpan<float> b1, ReadOnlySpan<float> w2, float b2) =>
        Layout.Pack(w1, b1, w2, b2, Parameters);

    /// <summary>Copies the network into the course's shapes.</summary>
    public void Store(Span<float> w1, Span<float> b1, Span<float> w2, out float b2) =>
        Layout.Unpack(Parameters, w1, b1, w2, out b2);

    /// <summary>One step on the given rows: forward, backward, update. Returns the loss before the update.</summary>
    public BatchLoss Step(TrainingRows rows, ReadOnlySpan<int> batch, IUpdateRule rule) => Step(rows, batch, all: false, rule);

    /// <summary>One step on all rows.</summary>
    public BatchLoss Step(TrainingRows rows, IUpdateRule rule) => Step(rows, default, all: true, rule);

    private BatchLoss Step(TrainingRows rows, ReadOnlySpan<int> batch, bool all, IUpdateRule rule)
    {
        Attach(rule);
        long start = _isTimed ? Stopwatch.GetTimestamp() : 0;
        BatchLoss loss = Backpropagate(rows, batch, all, rule);
        if (_isTimed && _isShareable)
            _sharing.Add(Stopwatch.GetTimestamp() - start, all ? rows.Count : batch.Length);
        _isTimed = _isShareable;
        _step++;
        return loss;
    }

    /// <summary>
    /// The gradient of J with penalty, in the engine's <see cref="Layout"/>, without an update. Returns the loss without penalty.
    /// </summary>
    public BatchLoss Gradient(TrainingRows rows, ReadOnlySpan<int> batch, Span<float> gradient) =>
        Gradient(rows, batch, all: false, gradient);

    /// <summary>The gradient over all rows.</summary>
    public BatchLoss Gradient(TrainingRows rows, Span<float> gradient) => Gradient(rows, default, all: true, gradient);

    private BatchLoss Gradient(TrainingRows rows, ReadOnlySpan<int> batch, bool all, Span<float> gradient)
    {
        BatchLoss loss = Backpropagate(rows, batch, all, rule: null);
        float scale = loss.Weight > 0 ? (float)(1 / loss.Weight) : 0;
        TensorPrimitives.Multiply(_gradient.AsSpan(0, Layout.Count), scale, gradient);
        if (L2 != 0)
        {
            AddPenalty(0, Layout.B1, gradient);
            AddPenalty(Layout.W2, Layout.B2, gradient);
        }
        return loss;
    }

    private void AddPenalty(int from, int to, Span<float> gradient) =>
        TensorPrimitives.MultiplyAdd(_parameters.AsSpan(from, to - from), L2, gradient[from..to], gradient[from..to]);

    /// <summary>The loss over the given rows, without penalty.</summary>
    public BatchLoss Loss(TrainingRows rows, ReadOnlySpan<int> which) => Evaluate(rows, which, all: false, default);

    /// <summary>The loss over all rows, without penalty.</summary>
    public BatchLoss Loss(TrainingRows rows) => Evaluate(rows, default, all: true, default);

    /// <summary>Z2 of the given rows, in their order.</summary>
    public void Scores(TrainingRows rows, ReadOnlySpan<int> which, Span<float> scores)
    {
        CheckRoom(which.Length, scores.Length);
        Evaluate(rows, which, all: false, scores);
    }

    /// <summary>Z2 of all rows.</summary>
    public void Scores(TrainingRows rows, Span<float> scores)
    {
        CheckRoom(rows.Count, scores.Length);
        Evaluate(rows, default, all: true, scores);
    }

    public void Dispose() => _team.Dispose();

    private static void CheckRoom(int rows, int scores)
    {
        if (scores < rows)
            throw new ArgumentException($"{rows} rows have {rows} scores; there is room for {scores}.");
    }
}
