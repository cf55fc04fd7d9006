using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Engine;

/// <summary>
/// Trains one network: forward, backward and update over batches of rows in single precision, allocating nothing per step. The equations
/// are those of <see cref="TextbookNetwork"/>, transposed: rows are examples here, so Z1 is m x H. Not thread-safe; engines for different
/// networks may be used at the same time and share their rows.
/// </summary>
/// <remarks>
/// How rows are divided, and the order in which what they give is added up, follow from shapes alone, never from which thread does what: so
/// the same seed gives the same bits on any number of threads.
/// </remarks>
internal sealed partial class TrainingEngine : IDisposable
{
    private readonly Workspace _work;
    private readonly BlockPass _blocks;
    private readonly SharingTrial _sharing = new();
    private readonly RampPass? _ramps;
    private readonly int _otherColumns;
    private readonly Action<int, int> _doBlocks, _doShare;
    private DensePass? _dense;
    private SparsePass? _sparse;
    private LazySparsePass? _lazy;
    private InputPass _pass = null!; // of the present rows
    private InputPass? _secondPass;
    private int _blocksAtOnce;
    private bool _isTimed; // as steps of the same kind follow one another; the smallest take less time than to look at the clock
    private bool _isShareable;
    private UpdateRule? _rule;
    private int _ruleSteps, _secondPart;
    private ulong _step;

    /// <param name="columns">D, or for encoded rows the columns of <paramref name="ramps"/> and the others.</param>
    /// <param name="hiddenUnits">H.</param>
    /// <param name="activation">g; one of <see cref="Activation.BuiltIn"/> is vectorised, a user's own is called number by number.</param>
    /// <param name="maximumBatch">Rows of the batches to come, so that workspace fits; larger batches work too.</param>
    /// <param name="threads">How many threads may work on a step. Results do not depend on it.</param>
    /// <param name="ramps">The features that are read through knots, whose columns come first; null for none.</param>
    /// <param name="lanes">Numbers in a vector (16, 8, 4 or 1), for tests; 0 for what suits the machine.</param>
    public TrainingEngine(
        int columns, int hiddenUnits, IActivation activation, int maximumBatch, int threads, Ramps? ramps = null, int lanes = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hiddenUnits);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumBatch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        ArgumentNullException.ThrowIfNull(activation);
        int widest = lanes > 0 ? lanes : Hardware.WidestLanes;
        Layout = new ParameterLayout(columns, hiddenUnits, Hardware.LanesFor(hiddenUnits, activation, widest));
        Ramps = ramps ?? Ramps.None;
        _work = new Workspace(Layout, Ramps, activation, widest, maximumBatch, new WorkerPool(threads));
        _blocks = new BlockPass(_work);
        (_doBlocks, _doShare) = (DoBlocks, DoShare);
        _ramps = Ramps.Count > 0 ? new RampPass(_work, Ramps) : null;
        _otherColumns = columns - Ramps.ColumnCount;
    }

    public ParameterLayout Layout { get; }

    /// <summary>The features that are read through knots.</summary>
    public Ramps Ramps { get; }

    /// <summary>The factor λ of the penalty λ/2 (‖W1‖² + ‖W2‖²), which is added to J; biases are free. Of features with knots it acts on
    /// their parameters.</summary>
    public float L2
    {
        get => _work.L2;
        set => _work.L2 = value;
    }

    /// <summary>The mean weight of the rows that batches are drawn from: a step divides what a batch's rows give by as many such weights. By their own, a row
    /// that weighs much would count for no more than a batch, however much that is. 0 for their own.</summary>
    public double MeanWeight { get; set; }

    /// <summary>Divides the penalty of the steps from here on among the features with knots, by the size of their weights.</summary>
    public void DividePenalty() => _ramps?.Penalties.FollowWeights();

    /// <summary>What steps leave out; evaluation leaves out nothing.</summary>
    public Dropout Dropout { get; set; }

    /// <summary>All parameters in the engine's <see cref="Layout"/>.</summary>
    public ReadOnlySpan<float> Parameters
    {
        get
        {
            _lazy?.CatchUp();
            return _work.Parameters.Span;
        }
    }

    /// <summary>Takes over parameters in the engine's <see cref="Layout"/>; those of padded units must be zero.</summary>
    public void Load(ReadOnlySpan<float> parameters)
    {
        _lazy?.CatchUp();
        parameters[..Layout.Count].CopyTo(_work.Parameters.Span);
        _ramps?.Rebuild();
    }

    /// <summary>Copies the network as it scores into a block of the engine's <see cref="Layout"/>: of features with knots the columns of W1
    /// instead of their parameters.</summary>
    public void Store(Span<float> network)
    {
        Parameters.CopyTo(network);
        _ramps?.CopyTable(network);
    }

    /// <summary>How many steps there were, by which dropout draws, how many of them the present rule has made, and where the features of sparse
    /// rows are cut in two, 0 where they are not yet.</summary>
    public (ulong All, int OfRule, int SecondPart) Steps => (_step, _ruleSteps, _lazy?.SecondPart ?? _secondPart);

    /// <summary>Goes on as after so many steps, with a rule whose state is to be brought back then.</summary>
    public void GoOn(UpdateRule rule, ulong all, int ofRule, int secondPart)
    {
        Attach(rule);
        rule.GoOnAfter(ofRule);
        (_step, _ruleSteps, _secondPart) = (all, ofRule, secondPart);
    }

    /// <summary>One step on the given rows: forward, backward, update. Returns the loss before the update.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public BatchLoss Step(TrainingRows rows, RowSelection batch, UpdateRule rule)
    {
        Attach(rule);
        long start = _isTimed ? Stopwatch.GetTimestamp() : 0;
        BatchLoss loss = Backpropagate(rows, batch, rule);
        if (_isTimed && _isShareable)
            _sharing.Add(Stopwatch.GetTimestamp() - start, batch.Count);
        _isTimed = _isShareable;
        return loss;
    }

    /// <summary>The gradient of J with penalty, in the engine's <see cref="Layout"/>, without an update. Returns the loss without penalty.</summary>
    public BatchLoss Gradient(TrainingRows rows, RowSelection batch, Span<float> gradient)
    {
        BatchLoss loss = Backpropagate(rows, batch, rule: null);
        float scale = loss.Weight > 0 ? (float)(1 / loss.Weight) : 0;
        TensorPrimitives.Multiply(_work.Gradient.AsSpan(0, Layout.Count), scale, gradient);
        if (L2 != 0)
        {
            AddPenalty(0, Layout.B1, gradient);
            AddPenalty(Layout.W2, Layout.B2, gradient);
        }
        return loss;
    }

    private void AddPenalty(int from, int to, Span<float> gradient) =>
        TensorPrimitives.MultiplyAdd(_work.Parameters.AsSpan(from, to - from), L2, gradient[from..to], gradient[from..to]);

    /// <summary>The loss over the given rows, without penalty.</summary>
    public BatchLoss Loss(TrainingRows rows, RowSelection which) => Evaluate(rows, which, default);

    /// <summary>Z2 of the given rows, in their order.</summary>
    public void Scores(TrainingRows rows, RowSelection which, Span<float> scores)
    {
        if (scores.Length < which.Count)
            throw new ArgumentException($"{which.Count} rows have {which.Count} scores; there is room for {scores.Length}.");
        Evaluate(rows, which, scores);
    }

    public void Dispose() => _work.Pool.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private BatchLoss Backpropagate(TrainingRows rows, RowSelection batch, UpdateRule? rule)
    {
        Begin(rows, batch, training: true, rule);
        _step++;
        BatchLoss loss = default;
        for (int place = 0; place < batch.Count; place += _work.ChunkRows)
        {
            BeginChunk(rows, batch, place, training: true, stepping: rule is not null);
            Chunk chunk = _work.Chunk;
            if (chunk.Shares > 1)
                _work.Pool.ForEach(chunk.Shares, _doShare, chunk.IsAlone);
            else
                DoOneShare(chunk);
            bool add = place > 0, last = place + _work.ChunkRows >= batch.Count;
            loss += _blocks.AddUp(add);
            UpdateRule? now = last && loss.Weight > 0 ? rule : null; // a step whose weights are all 0 changes nothing
            float scale = now is null ? 0 : (float)(1 / (MeanWeight > 0 ? MeanWeight * batch.Count : loss.Weight));
            if (now is not null)
                UpdateOutputLayer(now, scale);
            _pass.ApplyGradient(add, now, scale);
            _secondPass?.ApplyGradient(add, now, scale);
        }
        return loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private BatchLoss Evaluate(TrainingRows rows, RowSelection which, Span<float> scores)
    {
        Begin(rows, which, training: false, rule: null);
        BatchLoss loss = default;
        for (int place = 0; place < which.Count; place += _work.ChunkRows)
        {
            BeginChunk(rows, which, place, training: false, stepping: false);
            Chunk chunk = _work.Chunk;
            DoAllBlocks(chunk);
            loss += _blocks.Loss();
            if (!scores.IsEmpty)
                _blocks.Z2.AsSpan(0, chunk.Count).CopyTo(scores[place..]);
        }
        return loss;
    }
}
