using MathNet.Numerics.LinearAlgebra;

namespace MlNetShallowNet.Learning;

/// <summary>How the loss of every example moves with one parameter, measured by moving it.</summary>
/// <remarks>
/// D(h) = (L(θ + h) - L(θ - h)) / 2h, taken at h and 2h and combined as (4 D(h) - D(2h)) / 3, which cancels the h² term of the error.
/// What is left grows as h⁴, rounding grows as ε/h, so h is the fifth root of ε. Where g or g' has a kink near an example's z, the
/// combination gains nothing: D(h) is taken alone there, with the cube root of ε. Where an example's z is in thousands or millions, so is
/// what rounding leaves of its loss, and the curve is as flat as z is large: the step is doubled as long as what that changes could be
/// rounding.
/// </remarks>
internal sealed class MeasuredSlopes
{
    private const double Epsilon = 2.220446049250313e-16; // the distance from 1 to the next double
    private static readonly double _smoothStep = Math.Pow(Epsilon, 1.0 / 5);
    private static readonly double _kinkedStep = Math.Pow(Epsilon, 1.0 / 3);

    /// <summary>Measures.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="kinks">Where the activation has kinks.</param>
    /// <param name="size">For each example the size of the numbers that are added up on the way to its loss.</param>
    public MeasuredSlopes(MovedParameter parameter, Kinks kinks, double[] size)
    {
        int m = size.Length;
        Slopes = new double[m];
        Rounding = new double[m];
        bool[] isSmooth = [.. Enumerable.Range(0, m).Select(i => kinks.NoneWithin(parameter, 2 * _smoothStep, i))];
        if (isSmooth.Contains(true))
            Smooth(parameter, isSmooth, size);
        if (isSmooth.Contains(false))
            Kinked(parameter, kinks, isSmooth, size);
    }

    /// <summary>dL/dθ of each example.</summary>
    public double[] Slopes { get; }

    /// <summary>A bound on what rounding contributes to each.</summary>
    public double[] Rounding { get; }

    /// <summary>Whether for some example the step crosses a kink, where the loss has no derivative.</summary>
    public bool IsAtKink { get; private set; }

    private void Smooth(MovedParameter parameter, bool[] isSmooth, double[] size)
    {
        bool[] open = [.. isSmooth];
        int doublings = (int)Math.Max(0, Math.Log2(size.Max()) - 5); // the sizes of ordinary examples, up to 32, need none
        double h = _smoothStep / parameter.Scale;
        Vector<double> narrow = parameter.Difference(h);
        for (int k = 0; k <= doublings && open.Contains(true); k++, h *= 2)
        {
            Vector<double> wide = parameter.Difference(2 * h);
            for (int i = 0; i < open.Length; i++)
            {
                if (!open[i])
                    continue;
                double slope = (4 * narrow[i] - wide[i]) / 3;
                if (k > 0 && !(Math.Abs(slope - Slopes[i]) <= 4 * Rounding[i]))
                {
                    open[i] = false;
                    continue;
                }

                (Slopes[i], Rounding[i]) = (slope, Epsilon * size[i] / h);
            }

            narrow = wide;
        }
    }

    private void Kinked(MovedParameter parameter, Kinks kinks, bool[] isSmooth, double[] size)
    {
        double h = _kinkedStep / parameter.Scale;
        Vector<double> difference = parameter.Difference(h);
        for (int i = 0; i < isSmooth.Length; i++)
        {
            if (isSmooth[i])
                continue;
            (Slopes[i], Rounding[i]) = (difference[i], Epsilon * size[i] / h);
            IsAtKink |= !kinks.NoJumpWithin(parameter, _kinkedStep, i);
        }
    }
}
