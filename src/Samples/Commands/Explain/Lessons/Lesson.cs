using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Samples.Commands.Explain.Lessons;

#pragma warning disable IDE1006 // The course's own symbols.

/// <summary>An answer to one of the questions that learners ask, computed on the user's own numbers.</summary>
internal abstract class Lesson
{
    /// <summary>All lessons, in the order of the derivation.</summary>
    public static IReadOnlyList<Lesson> All { get; } =
    [
        new WhyOutput(), new WhyActivation(), new WhyLayout(), new WhyTranspose(), new WhyElementwise(), new WhyShapes(), new WhyMean(),
        new WhyBias(), new WhyWeights(), new WhyZeros(), new WhySaturation(),
    ];

    /// <summary>The word that asks for it.</summary>
    public abstract string Name { get; }

    /// <summary>The question.</summary>
    public abstract string Question { get; }

    /// <summary>Whether the answer counts the examples by their weights.</summary>
    public virtual bool UsesWeights => false;

    /// <summary>Writes the answer.</summary>
    public abstract void Answer(Subject subject, Page page);

    // A nudge in doubles whose square is below what is left of the digits: the cube root of the machine epsilon.
    protected const double Nudge = 6e-6;

    /// <summary>How a function of one number moves, by a central difference.</summary>
    protected static double Slope(Func<double, double> f, double at)
    {
        double step = Nudge * Math.Max(1, Math.Abs(at));
        double right = at + step, left = at - step;
        return (f(right) - f(left)) / (right - left);
    }

    /// <summary>The loss of one example by its z2.</summary>
    protected static double Loss(double z2, double y) => Math.Max(z2, 0) - y * z2 + double.LogP1(Math.Exp(-Math.Abs(z2)));

    /// <summary>The loss of one example by its hidden values a1.</summary>
    protected static double LossOfA1(NetworkParameters network, Vector<double> a1, double y) =>
        Loss(network.W2.Row(0) * a1 + network.B2, y);

    /// <summary>The loss of one example by its z1.</summary>
    protected static double LossOfZ1(NetworkParameters network, Vector<double> z1, double y) =>
        LossOfA1(network, z1.Map(network.Activation.Value, Zeros.Include), y);

    /// <summary>A vector with one number replaced.</summary>
    protected static Vector<double> With(Vector<double> v, int index, double value)
    {
        Vector<double> changed = v.Clone();
        changed[index] = value;
        return changed;
    }

    /// <summary>How many hidden units, features or examples a table lists.</summary>
    protected static int Listed(int count) => Math.Min(count, 8);

    /// <summary>What a table leaves out, as a sentence; empty when nothing.</summary>
    protected static void SayRest(Page page, int count, string things)
    {
        if (count > Listed(count))
            page.Text($"({count - Listed(count)} more {things} are not listed.)");
    }
}
