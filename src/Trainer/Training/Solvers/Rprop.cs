using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// iRprop⁻ (Igel and Hüsken, 2000): only the sign of a derivative counts. While it stays, the parameter's step grows by 1.2; when it turns,
/// the step is halved and this once not taken.
/// </summary>
internal sealed class Rprop(float firstStep) : IUpdateRule
{
    private const float Grow = 1.2f, Shrink = 0.5f, Longest = 50, Shortest = 1e-6f;

    private float[] _step = [];
    private float[] _last = [];

    public float LearningRate { get; set; } = firstStep;

    public void Attach(int parameterCount)
    {
        _step = new float[parameterCount];
        _last = new float[parameterCount];
        Array.Fill(_step, LearningRate);
    }

    public void BeginStep(float l2)
    {
    }

    public void Update(Span<float> parameters, ReadOnlySpan<float> gradient, int offset, float scale, float l2)
    {
        Span<float> step = _step.AsSpan(offset, parameters.Length), last = _last.AsSpan(offset, parameters.Length);
        for (int i = 0; i < parameters.Length; i++)
        {
            float g = scale * gradient[i] + l2 * parameters[i];
            float turn = g * last[i];
            if (turn > 0)
            {
                step[i] = MathF.Min(step[i] * Grow, Longest);
            }
            else if (turn < 0)
            {
                step[i] = MathF.Max(step[i] * Shrink, Shortest);
                g = 0;
            }

            last[i] = g;
            parameters[i] -= MathF.Sign(g) * step[i];
        }
    }
}
