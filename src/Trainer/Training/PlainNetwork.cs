using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Training;

/// <summary>A network on features as they are in the rows.</summary>
internal sealed class PlainNetwork : INetworkInTraining
{
    private readonly BackpropagationEngine _engine;
    private readonly IActivation _activation;
    private readonly NetworkParameters _start;
    private readonly TrainingSettings _settings;
    private readonly float[] _rounded;
    private FullBatchGradient? _fullBatch;

    /// <summary>Starts from this network.</summary>
    public PlainNetwork(TrainingRows rows, NetworkParameters start, int batchSize, TrainingSettings settings)
    {
        (Rows, _activation, _start, _settings) = (rows, start.Activation, start, settings);
        _engine = new BackpropagationEngine(start.FeatureCount, start.HiddenUnits, start.Activation, batchSize, settings.Threads)
        {
            L2 = (float)settings.L2,
            LabelSmoothing = (float)settings.LabelSmoothing,
            Dropout = settings.Dropout,
        };
        _engine.Load(Rounded(start.W1.ToRowMajorArray()), Rounded(start.B1.ToArray()), Rounded(start.W2.ToRowMajorArray()), (float)start.B2);
        _rounded = new float[(start.FeatureCount + 2) * start.HiddenUnits + 1];
        Segments = ParameterSegment.Of(_engine.Layout);
    }

    /// <summary>The rows that row lists speak of; others of the same features may take their place.</summary>
    public TrainingRows Rows { get; set; }

    public int RowCount => Rows.Count;

    /// <summary>Takes over parameters in course order: W1 row by row, b1, W2, b2.</summary>
    private void Load(ReadOnlySpan<double> point)
    {
        int H = _engine.Layout.HiddenUnits, weights = H * _engine.Layout.FeatureCount;
        for (int i = 0; i < point.Length; i++)
            _rounded[i] = (float)point[i];
        _engine.Load(_rounded.AsSpan(0, weights), _rounded.AsSpan(weights, H), _rounded.AsSpan(weights + H, H), _rounded[^1]);
    }

    public Span<float> Parameters => _engine.Parameters;

    public IReadOnlyList<ParameterSegment> Segments { get; }

    public BatchLoss Step(ReadOnlySpan<int> rows, IUpdateRule rule) =>
        rows.IsEmpty ? _engine.Step(Rows, rule) : _engine.Step(Rows, rows, rule);

    public BatchLoss Gradient(ReadOnlySpan<int> rows, Span<float> gradient)
    {
        // The engine draws anew what is left out for each step; a gradient by itself is none, so the seed moves on instead.
        _engine.Dropout = _engine.Dropout with { Seed = _engine.Dropout.Seed + 1 };
        float l2 = _engine.L2;
        _engine.L2 = 0;
        BatchLoss loss = rows.IsEmpty ? _engine.Gradient(Rows, gradient) : _engine.Gradient(Rows, rows, gradient);
        _engine.L2 = l2;
        return loss;
    }

    public BatchLoss Loss(ReadOnlySpan<int> rows) => rows.IsEmpty ? _engine.Loss(Rows) : _engine.Loss(Rows, rows);

    public BatchLoss LossOf(TrainingRows others) => _engine.Loss(others);

    public void Scores(ReadOnlySpan<int> rows, Span<float> scores)
    {
        if (rows.IsEmpty)
            _engine.Scores(Rows, scores);
        else
            _engine.Scores(Rows, rows, scores);
    }

    public IFullBatchCost CostOver(int[] rows)
    {
        _fullBatch?.Dispose();
        _fullBatch = new FullBatchGradient(
            Rows, rows.Length == 0 ? null : rows, _start.HiddenUnits, _activation, _settings.Threads, _settings.LabelSmoothing);
        return new DoublePrecisionCost(_fullBatch, _start, Load, _settings.L2);
    }

    public NetworkParameters ToNetwork()
    {
        int D = _engine.Layout.FeatureCount, H = _engine.Layout.HiddenUnits;
        float[] w1 = new float[H * D], b1 = new float[H], w2 = new float[H];
        _engine.Store(w1, b1, w2, out float b2);
        return new NetworkParameters(
            Matrix<double>.Build.Dense(H, D, (h, d) => w1[h * D + d]), Vector<double>.Build.Dense(H, h => b1[h]),
            Matrix<double>.Build.Dense(1, H, (_, h) => w2[h]), b2, _activation);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _fullBatch?.Dispose();
    }

    private static float[] Rounded(double[] values) => Array.ConvertAll(values, v => (float)v);
}
