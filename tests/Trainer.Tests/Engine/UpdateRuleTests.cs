using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Engine;

/// <summary>Each rule over several steps against its formula in double precision, in segments and with a penalty.</summary>
public class UpdateRuleTests
{
    private const int Count = 53, Steps = 20, Penalised = 21;
    private const float L2 = 0.03f, Scale = 0.25f;

    [Fact]
    public void GradientDescentFollowsItsFormula() =>
        Check(() => (new GradientDescent(0.1f), (theta, g, t) => theta - 0.1f * g));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MomentumFollowsItsFormula(bool nesterov)
    {
        Check(() =>
        {
            var velocity = new double[Count];
            int i = 0;
            return (new Momentum(0.1f, 0.9f, nesterov), (theta, g, t) =>
            {
                ref double v = ref velocity[i++ % Count];
                v = 0.9f * v - 0.1f * g;
                return theta + (nesterov ? 0.9f * v - 0.1f * g : v);
            }
            );
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AdamFollowsItsFormula(bool decoupled)
    {
        Check(() =>
        {
            double[] m = new double[Count], v = new double[Count];
            int i = 0;
            return (new Adam(0.01f, 0.8f, 0.95f, 1e-6f, decoupled), (theta, g, t) =>
            {
                int k = i++ % Count;
                double decay = decoupled && k < Penalised ? L2 * theta : 0;
                g -= decay;
                m[k] = 0.8f * m[k] + (1 - 0.8f) * g;
                v[k] = 0.95f * v[k] + (1 - 0.95f) * g * g;
                return theta - 0.01f * decay
                    - 0.01f * Math.Sqrt(1 - Math.Pow(0.95f, t)) / (1 - Math.Pow(0.8f, t)) * m[k] / (Math.Sqrt(v[k]) + 1e-6f);
            }
            );
        });
    }

    // A rule and its formula for a step: from the parameter, its derivative with penalty and the step to the parameter.
    private static void Check(Func<(UpdateRule Rule, Func<double, double, int, double> Step)> create)
    {
        foreach (int lanes in EngineCalls.Lanes)
        {
            (UpdateRule rule, Func<double, double, int, double> step) = create();
            Check(rule, step, lanes);
        }
    }

    private static void Check(UpdateRule rule, Func<double, double, int, double> step, int lanes)
    {
        var random = new Random(5);
        float[] parameters = [.. Enumerable.Range(0, Count).Select(_ => random.NextSingle() - 0.5f)];
        double[] expected = [.. parameters.Select(p => (double)p)];
        rule.Attach(Count, lanes, lanes);
        for (int t = 1; t <= Steps; t++)
        {
            float[] gradient = [.. Enumerable.Range(0, Count).Select(_ => random.NextSingle() - 0.5f)];
            rule.BeginStep(L2);
            rule.Update(parameters.AsSpan(0, Penalised), gradient.AsSpan(0, Penalised), 0, Scale, L2);
            rule.Update(parameters.AsSpan(Penalised), gradient.AsSpan(Penalised), Penalised, Scale, 0);
            for (int i = 0; i < Count; i++)
                expected[i] = step(expected[i], Scale * gradient[i] + (i < Penalised ? L2 * expected[i] : 0), t);
        }

        // Each step rounds each of a handful of operations on numbers of size 1; Adam's quotient can be as large as 1 / (1 - β1).
        for (int i = 0; i < Count; i++)
            Assert.Equal(expected[i], parameters[i], Steps * 10 * 6e-8);
    }

    public static TheoryData<string, int, int> LazyCases
    {
        get
        {
            var cases = new TheoryData<string, int, int>();
            string[] rules =
            [
                "gradient descent", "momentum", "nesterov", "adam", "adamw", "adam, epsilon 1e-5", "adam, epsilon 1e-2", "adam, epsilon 1",
                "adam, betas 0.5 and 0.99", "adam, betas 0.9 and 0.99",
            ];
            foreach (string rule in rules)
            {
                foreach (int lanes in EngineCalls.Lanes)
                {
                    cases.Add(rule, lanes, lanes);
                    cases.Add(rule, lanes, 2 * lanes);
                }
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(LazyCases))]
    public void RowsThatSkipStepsArriveWhereGradientsOfZeroLead(string name, int lanes, int width)
    {
        const int rows = 9, steps = 600;
        const float decay = 0.01f;
        UpdateRule eager = Rule(), lazy = Rule();
        float l2 = lazy.CanSkip(decay) ? decay : 0;
        var random = new Random(2);
        float[] expected = [.. Enumerable.Range(0, rows * width).Select(_ => random.NextSingle() - 0.5f)], actual = [.. expected];
        var since = new int[rows];
        eager.Attach(rows * width, lanes, lanes);
        lazy.Attach(rows * width, lanes, lanes);
        lazy.IsSkipping = true;
        for (int t = 1; t <= steps; t++)
        {
            eager.LearningRate = lazy.LearningRate = 0.01f / (1 + t / 100f);
            // Row r has a gradient every (r * r + 1) steps or so; none waits longer than rules remember.
            int[] touched = [.. Enumerable.Range(0, rows).Where(r => random.Next(r * r + 1) == 0 || t - since[r] >= SkippedSteps.Most)];
            float[] part = [.. Enumerable.Range(0, touched.Length * width).Select(_ => random.NextSingle() - 0.4f)];
            var gradient = new float[rows * width];
            for (int i = 0; i < touched.Length; i++)
                part.AsSpan(i * width, width).CopyTo(gradient.AsSpan(touched[i] * width));

            eager.BeginStep(l2);
            eager.Update(expected, gradient, 0, Scale, l2);
            lazy.CatchUpRows(actual, 0, width, touched, since, stateToo: false);
            lazy.BeginStep(l2);
            lazy.UpdateRows(actual, part, 0, width, touched, since, Scale, l2);
            foreach (int row in touched)
                since[row] = t;
        }
        lazy.CatchUpRows(actual, 0, width, [.. Enumerable.Range(0, rows)], since, stateToo: true);

        // The eager rule rounds numbers of size 1 in each step, the lazy one in fewer.
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], steps * 6e-8);

        UpdateRule Rule() => name switch
        {
            "gradient descent" => new GradientDescent(0.01f),
            "momentum" => new Momentum(0.01f, 0.9f, nesterov: false),
            "nesterov" => new Momentum(0.01f, 0.9f, nesterov: true),
            "adam" => new Adam(0.01f),
            "adamw" => new Adam(0.01f, decoupled: true),
            "adam, epsilon 1e-5" => new Adam(0.01f, epsilon: 1e-5f),
            "adam, epsilon 1e-2" => new Adam(0.01f, epsilon: 1e-2f),
            "adam, epsilon 1" => new Adam(0.01f, epsilon: 1),
            "adam, betas 0.5 and 0.99" => new Adam(0.01f, 0.5f, 0.99f, 1e-3f),
            "adam, betas 0.9 and 0.99" => new Adam(0.01f, 0.9f, 0.99f, 1e-3f),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }

    [Theory]
    [InlineData(0.9f, 0.999f, true)]
    [InlineData(0f, 0.999f, true)]
    [InlineData(0.9f, 0.99f, true)]
    [InlineData(0.9f, 0.9f, false)]
    [InlineData(0.99f, 0.99f, false)]
    [InlineData(0.8f, 0.5f, false)]
    public void AdamSkipsStepsOnlyWhereItsFormulaForThemIsClose(float beta1, float beta2, bool skips) =>
        Assert.Equal(skips, new Adam(0.01f, beta1, beta2).CanSkip(0));
}
