using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// A step and what goes around it: the schedule's rate before, clipping of the gradient within, and after it the L1 penalty (soft
/// thresholding by α λ1, which makes weights exactly zero). Without clipping the engine steps by itself.
/// </summary>
internal sealed class Stepper
{
    private readonly INetworkInTraining _network;
    private readonly TrainingSettings _settings;
    private readonly IUpdateRule _rule;
    private readonly float[] _gradient = [];
    private readonly long _steps;
    private long _step;

    public Stepper(INetworkInTraining network, IUpdateRule rule, TrainingSettings settings, int stepsPerEpoch)
    {
        (_network, _rule, _settings) = (network, rule, settings);
        _steps = (long)stepsPerEpoch * settings.Epochs;
        if (settings.GradientClipping is null)
            return;
        _gradient = new float[network.Parameters.Length];
        rule.Attach(_gradient.Length);
    }

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate { get; private set; }

    /// <summary>One step on these rows; none given stands for all.</summary>
    public BatchLoss Step(ReadOnlySpan<int> rows)
    {
        LearningRate = _settings.LearningRate * _settings.Schedule.Factor(++_step, _steps);
        _rule.LearningRate = (float)LearningRate;
        BatchLoss loss = _settings.GradientClipping is double longest ? ClippedStep(rows, longest) : _network.Step(rows, _rule);
        if (_settings.L1 > 0)
            SoftThreshold((float)(LearningRate * _settings.L1));
        return loss;
    }

    private BatchLoss ClippedStep(ReadOnlySpan<int> rows, double longest)
    {
        BatchLoss loss = _network.Gradient(rows, _gradient);
        if (loss.Weight <= 0)
            return loss;
        Span<float> parameters = _network.Parameters;
        bool decoupled = _settings.Solver == Solver.AdamW;
        float l2 = (float)_settings.L2;
        double squares = 0;
        foreach (ParameterSegment segment in _network.Segments)
        {
            Span<float> g = _gradient.AsSpan(segment.Offset, segment.Length), p = parameters.Slice(segment.Offset, segment.Length);
            bool penalised = segment.IsWeight && !decoupled;
            for (int i = 0; i < g.Length; i++)
            {
                if (penalised)
                    g[i] += l2 * p[i];
                squares += (double)g[i] * g[i];
            }
        }

        float scale = (float)Math.Min(1, longest / Math.Sqrt(squares));
        _rule.BeginStep(decoupled ? l2 : 0);
        foreach (ParameterSegment segment in _network.Segments)
        {
            _rule.Update(
                parameters.Slice(segment.Offset, segment.Length), _gradient.AsSpan(segment.Offset, segment.Length), segment.Offset, scale,
                segment.IsWeight && decoupled ? l2 : 0);
        }

        return loss;
    }

    private void SoftThreshold(float threshold)
    {
        foreach (ParameterSegment segment in _network.Segments)
        {
            if (!segment.IsWeight)
                continue;
            foreach (ref float w in _network.Parameters.Slice(segment.Offset, segment.Length))
                w = MathF.CopySign(MathF.Max(MathF.Abs(w) - threshold, 0), w);
        }
    }
}
