using System.Runtime.Intrinsics;
using MlNetShallowNet.Engine;
using Xunit;

namespace MlNetShallowNet.Tests.Engine;

/// <summary>
/// The error bounds that <see cref="VectorMath"/> states, over single precision from the smallest to the largest arguments.
/// </summary>
public class VectorMathTests
{
    private delegate float Function(float x);

    // Sizes from 1e-30 to the limit, evenly in the exponent and evenly in the number, and both signs.
    private static IEnumerable<float> Arguments(float limit, bool positive, bool negative)
    {
        const int n = 20_000;
        for (int i = 0; i <= n; i++)
        {
            float even = limit * i / n, spread = (float)(1e-30 * Math.Pow(limit / 1e-30, (double)i / n));
            if (positive)
            {
                yield return even;
                yield return spread;
            }
            if (negative)
            {
                yield return -even;
                yield return -spread;
            }
        }
    }

    private static void Check(IEnumerable<float> arguments, Function function, Func<double, double> exact, double ulps, double absolute = 0)
    {
        foreach (float x in arguments)
        {
            double expected = exact(x), actual = function(x);
            double bound = ulps * (MathF.BitIncrement((float)Math.Abs(expected)) - (float)Math.Abs(expected)) + absolute;
            Assert.True(Math.Abs(expected - actual) <= bound, $"f({x:R}) is {actual:R}, not {expected:R} ± {bound:R}.");
        }
    }

    // The library's own functions of these names lose the digits of small results.
    private static double ExpM1(double x) => Math.Abs(x) < 1e-5 ? x + x * x / 2 + x * x * x / 6 : Math.Exp(x) - 1;

    private static double LogP1(double x) => Math.Abs(x) < 1e-5 ? x - x * x / 2 + x * x * x / 3 : Math.Log(1 + x);

    [Fact]
    public void ExponentialOfNegativeNumbers()
    {
        CheckAll(Arguments(87.3f, false, true), Math.Exp, 2,
            x => VectorMath.ExpOfNegative<Lanes1, float>(x),
            x => VectorMath.ExpOfNegative<Lanes128, Vector128<float>>(Vector128.Create(x)).ToScalar(),
            x => VectorMath.ExpOfNegative<Lanes256, Vector256<float>>(Vector256.Create(x)).ToScalar(),
            x => VectorMath.ExpOfNegative<Lanes512, Vector512<float>>(Vector512.Create(x)).ToScalar());
        Assert.InRange(VectorMath.ExpOfNegative<Lanes1, float>(float.NegativeInfinity), 0, 1.3e-38f);
    }

    [Fact]
    public void ExponentialMinusOne() => CheckAll(Arguments(100, false, true), ExpM1, 3,
        x => VectorMath.ExpM1OfNegative<Lanes1, float>(x),
        x => VectorMath.ExpM1OfNegative<Lanes128, Vector128<float>>(Vector128.Create(x)).ToScalar(),
        x => VectorMath.ExpM1OfNegative<Lanes256, Vector256<float>>(Vector256.Create(x)).ToScalar(),
        x => VectorMath.ExpM1OfNegative<Lanes512, Vector512<float>>(Vector512.Create(x)).ToScalar());

    [Fact]
    public void HyperbolicTangent()
    {
        CheckAll(Arguments(50, true, true), Math.Tanh, 6,
            x => VectorMath.Tanh<Lanes1, float>(x),
            x => VectorMath.Tanh<Lanes128, Vector128<float>>(Vector128.Create(x)).ToScalar(),
            x => VectorMath.Tanh<Lanes256, Vector256<float>>(Vector256.Create(x)).ToScalar(),
            x => VectorMath.Tanh<Lanes512, Vector512<float>>(Vector512.Create(x)).ToScalar());
        foreach (float x in Arguments(50, true, true))
            Assert.InRange(VectorMath.Tanh<Lanes128, Vector128<float>>(Vector128.Create(x)).ToScalar(), -1, 1);
    }

    [Fact]
    public void LogisticSigmoid() => CheckAll(Arguments(86, true, true), x => 1 / (1 + Math.Exp(-x)), 4,
        x => VectorMath.Sigmoid<Lanes1, float>(x),
        x => VectorMath.Sigmoid<Lanes128, Vector128<float>>(Vector128.Create(x)).ToScalar(),
        x => VectorMath.Sigmoid<Lanes256, Vector256<float>>(Vector256.Create(x)).ToScalar(),
        x => VectorMath.Sigmoid<Lanes512, Vector512<float>>(Vector512.Create(x)).ToScalar());

    [Fact]
    public void LogarithmOfOnePlus() => CheckAll(Arguments(1, true, false), LogP1, 4,
        x => VectorMath.LogP1<Lanes1, float>(x),
        x => VectorMath.LogP1<Lanes128, Vector128<float>>(Vector128.Create(x)).ToScalar(),
        x => VectorMath.LogP1<Lanes256, Vector256<float>>(Vector256.Create(x)).ToScalar(),
        x => VectorMath.LogP1<Lanes512, Vector512<float>>(Vector512.Create(x)).ToScalar());

    [Fact]
    public void SoftPlus() => CheckAll(Arguments(86, true, true), x => Math.Max(x, 0) + LogP1(Math.Exp(-Math.Abs(x))), 6,
        x => VectorMath.Softplus<Lanes1, float>(x),
        x => VectorMath.Softplus<Lanes128, Vector128<float>>(Vector128.Create(x)).ToScalar(),
        x => VectorMath.Softplus<Lanes256, Vector256<float>>(Vector256.Create(x)).ToScalar(),
        x => VectorMath.Softplus<Lanes512, Vector512<float>>(Vector512.Create(x)).ToScalar());

    [Fact]
    public void NormalDistribution()
    {
        Check(Arguments(40, true, true), x => Distribution(x).Value, x => MathNet.Numerics.Distributions.Normal.CDF(0, 1, x), 0, 2e-7);
        Check(Arguments(40, true, true), x => Distribution(x).Density, x => MathNet.Numerics.Distributions.Normal.PDF(0, 1, x), 0, 2e-7);
        foreach (float x in Arguments(9, false, true))
        {
            double exact = MathNet.Numerics.Distributions.Normal.CDF(0, 1, x);
            Assert.InRange(Distribution(x).Value, exact * (1 - 2e-6 - 1e-7 * x * x), exact * (1 + 2e-6 + 1e-7 * x * x));
        }

        static (float Density, float Value) Distribution(float x)
        {
            VectorMath.Normal<Lanes128, Vector128<float>>(Vector128.Create(x), out Vector128<float> density, out Vector128<float> value);
            return (density.ToScalar(), value.ToScalar());
        }
    }

    [Fact]
    public void NaNStaysNaN()
    {
        Vector128<float> nan = Vector128.Create(float.NaN);
        Assert.True(float.IsNaN(VectorMath.Tanh<Lanes128, Vector128<float>>(nan).ToScalar()));
        Assert.True(float.IsNaN(VectorMath.Tanh<Lanes1, float>(float.NaN)));
        Assert.True(float.IsNaN(VectorMath.Sigmoid<Lanes128, Vector128<float>>(nan).ToScalar()));
        Assert.True(float.IsNaN(VectorMath.Softplus<Lanes128, Vector128<float>>(nan).ToScalar()));
        Assert.True(float.IsNaN(VectorMath.ExpM1OfNegative<Lanes128, Vector128<float>>(nan).ToScalar()));
        Assert.True(float.IsNaN(default(VectorReLU).Value<Lanes128, Vector128<float>>(nan).ToScalar()));
    }

    private static void CheckAll(IEnumerable<float> arguments, Func<double, double> exact, double ulps, params Function[] widths)
    {
        foreach (Function function in widths)
            Check(arguments, function, exact, ulps);
    }
}
