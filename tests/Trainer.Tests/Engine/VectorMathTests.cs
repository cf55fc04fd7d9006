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
    public void GaussianErrorLinearUnit()
    {
        CheckGelu<Lanes1, float>(x => x, v => v);
        CheckGelu<Lanes128, Vector128<float>>(Vector128.Create, Vector128.ToScalar);
        CheckGelu<Lanes256, Vector256<float>>(Vector256.Create, Vector256.ToScalar);
        CheckGelu<Lanes512, Vector512<float>>(Vector512.Create, Vector512.ToScalar);
    }

    private static void CheckGelu<L, V>(Func<float, V> create, Func<V, float> first) where L : ILanes<V> where V : struct
    {
        foreach (float x in Arguments(40, true, true).Append(float.PositiveInfinity).Append(float.NegativeInfinity).Append(-1e30f).Append(1e30f))
        {
            VectorMath.Gelu<L, V>(create(x), out V value, out V derivative);
            double distribution = MathNet.Numerics.Distributions.Normal.CDF(0, 1, x), density = MathNet.Numerics.Distributions.Normal.PDF(0, 1, x);
            double g = x < -38 ? 0 : x * distribution, slope = Math.Abs(x) > 38 ? distribution : distribution + x * density;
            if (float.IsPositiveInfinity(x))
                Assert.Equal(x, first(value));
            else
                Assert.True(Math.Abs(first(value) - g) <= 3e-7 * Math.Max(1, x > 0 ? x : Math.Min(-x, 5.4)), $"g({x:R}) is {first(value):R}, not {g:R}.");
            Assert.True(Math.Abs(first(derivative) - slope) <= (Math.Abs(x) < 5 ? 4e-7 : 1.1e-6), $"g'({x:R}) is {first(derivative):R}, not {slope:R}.");
        }
        VectorMath.Gelu<L, V>(create(float.NaN), out V a, out V b);
        Assert.True(float.IsNaN(first(a)) && float.IsNaN(first(b)));
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
