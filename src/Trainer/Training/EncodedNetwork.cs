using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Training;

/// <summary>
/// A network on encoded rows. The parameters of its first layer are a line and ramps for each feature (see <see cref="KnotKernel"/>); from
/// them the engine's table of W1's columns is made before each pass, and the gradient goes the same way back.
/// </summary>
internal sealed class EncodedNetwork : INetworkInTraining
{
    private readonly SparseRows _rows;
    private readonly FittedFeature[] _features;
    private readonly BackpropagationEngine _engine;
    private readonly ParameterLayout _layout;
    private readonly TrainingSettings _settings;
    private readonly float[] _parameters, _gradient, _tableGradient;
    private readonly float[] _built; // the parameters that the table was made of
    private IUpdateRule? _attached;

    /// <summary>Starts from weights drawn for plain standardised features, all ramps being flat.</summary>
    /// <param name="rows">Rows encoded by <paramref name="encoding"/>.</param>
    /// <param name="encoding">The encoding.</param>
    /// <param name="start">A network whose features are those of the encoding that have columns, in order.</param>
    /// <param name="batchSize">Rows of a batch, at most.</param>
    /// <param name="settings">How to train.</param>
    public EncodedNetwork(SparseRows rows, FittedEncoding encoding, NetworkParameters start, int batchSize, TrainingSettings settings)
    {
        (_rows, _features, _settings) = (rows, encoding.Trained, settings);
        _engine = new BackpropagationEngine(rows.FeatureCount, start.HiddenUnits, start.Activation, batchSize, settings.Threads)
        {
            LabelSmoothing = (float)settings.LabelSmoothing,
            Dropout = settings.Dropout,
        };
        _layout = new ParameterLayout(encoding.ParameterRows, start.HiddenUnits, _engine.Layout.LaneCount);
        _parameters = new float[_layout.Count];
        _gradient = new float[_layout.Count];
        _built = new float[_layout.Count];
        _tableGradient = new float[_engine.Layout.Count];
        for (int f = 0; f < _features.Length; f++)
        {
            for (int h = 0; h < start.HiddenUnits; h++)
                _parameters[_layout.W1(h, _features[f].FirstParameter)] = (float)start.W1[h, f];
        }

        for (int h = 0; h < start.HiddenUnits; h++)
            (_parameters[_layout.B1 + h], _parameters[_layout.W2 + h]) = ((float)start.B1[h], (float)start.W2[0, h]);
        _parameters[_layout.B2] = (float)start.B2;
        Segments = ParameterSegment.Of(_layout);
        _built[0] = float.NaN;
    }

    public int RowCount => _rows.Count;

    public Span<float> Parameters => _parameters;

    public IReadOnlyList<ParameterSegment> Segments { get; }

    public BatchLoss Step(ReadOnlySpan<int> rows, IUpdateRule rule)
    {
        if (!ReferenceEquals(rule, _attached))
        {
            rule.Attach(_parameters.Length);
            _attached = rule;
        }

        BatchLoss loss = Gradient(rows, _gradient);
        if (loss.Weight <= 0)
            return loss;
        rule.BeginStep((float)_settings.L2);
        foreach (ParameterSegment segment in Segments)
        {
            rule.Update(
                _parameters.AsSpan(segment.Offset, segment.Length), _gradient.AsSpan(segment.Offset, segment.Length), segment.Offset, 1,
                segment.IsWeight ? (float)_settings.L2 : 0);
        }

        return loss;
    }

    public BatchLoss Gradient(ReadOnlySpan<int> rows, Span<float> gradient)
    {
        _engine.Dropout = _engine.Dropout with { Seed = _engine.Dropout.Seed + 1 };
        Build();
        BatchLoss loss = rows.IsEmpty ? _engine.Gradient(_rows, _tableGradient) : _engine.Gradient(_rows, rows, _tableGradient);
        ParameterLayout table = _engine.Layout;
        for (int panel = 0; panel < table.PanelCount; panel++)
        {
            int width = table.WidthOf(panel);
            KnotKernel.Gather(
                _features, (float)_settings.RampScale, table.LaneCount, width, _tableGradient.AsSpan(table.Panel(panel), width * table.FeatureCount),
                gradient.Slice(_layout.Panel(panel), width * _layout.FeatureCount));
        }

        _tableGradient.AsSpan(table.B1).CopyTo(gradient[_layout.B1..]);
        return loss;
    }

    public BatchLoss Loss(ReadOnlySpan<int> rows)
    {
        Build();
        return rows.IsEmpty ? _engine.Loss(_rows) : _engine.Loss(_rows, rows);
    }

    public BatchLoss LossOf(TrainingRows others)
    {
        Build();
        return _engine.Loss(others);
    }

    public void Scores(ReadOnlySpan<int> rows, Span<float> scores)
    {
        Build();
        if (rows.IsEmpty)
            _engine.Scores(_rows, scores);
        else
            _engine.Scores(_rows, rows, scores);
    }

    public IFullBatchCost CostOver(int[] rows) => new SinglePrecisionCost(this, rows, _settings.L2);

    public NetworkParameters ToNetwork()
    {
        Build();
        int T = _engine.Layout.FeatureCount, H = _engine.Layout.HiddenUnits;
        float[] w1 = new float[H * T], b1 = new float[H], w2 = new float[H];
        _engine.Store(w1, b1, w2, out float b2);
        return new NetworkParameters(
            Matrix<double>.Build.Dense(H, T, (h, t) => w1[h * T + t]), Vector<double>.Build.Dense(H, h => b1[h]),
            Matrix<double>.Build.Dense(1, H, (_, h) => w2[h]), b2, _settings.Activation);
    }

    public void Dispose() => _engine.Dispose();

    private void Build()
    {
        if (_parameters.AsSpan().SequenceEqual(_built))
            return;
        _parameters.CopyTo(_built, 0);
        ParameterLayout table = _engine.Layout;
        for (int panel = 0; panel < table.PanelCount; panel++)
        {
            int width = table.WidthOf(panel);
            KnotKernel.Build(
                _features, (float)_settings.RampScale, table.LaneCount, width, _parameters.AsSpan(_layout.Panel(panel), width * _layout.FeatureCount),
                _engine.Parameters.Slice(table.Panel(panel), width * table.FeatureCount));
        }

        _parameters.AsSpan(_layout.B1).CopyTo(_engine.Parameters[table.B1..]);
    }
}
