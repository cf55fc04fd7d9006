using MathNet.Numerics.Random;
using MlNetShallowNet.Network;

namespace MlNetShallowNet.Training;

/// <summary>
/// The logistic regression of many columns, by its dual: each row has one number, its error c (y - a) at the solution, and the weights are
/// the rows' sum by these numbers over lambda. One row after the other is given the error that fits it best (Shalev-Shwartz and Zhang, 2013),
/// which costs a pass over the row's values, however many columns there are.
/// </summary>
internal sealed class DualAscent
{
    private const int NewtonSteps = 50;

    private readonly ScaledRows _rows;
    private readonly float[]? _rowWeights;
    private readonly double[] _point; // the weights of the columns and, last, the intercept
    private readonly double[] _errors; // of the rows, signed

    /// <summary>Starts at weights of 0.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="rowWeights">How much each counts; null for 1. Rows that don't take part have 0.</param>
    /// <param name="lambda">The penalty.</param>
    /// <param name="intercept">Where the intercept starts.</param>
    public DualAscent(ScaledRows rows, float[]? rowWeights, double lambda, double intercept)
    {
        (_rows, _rowWeights, Lambda) = (rows, rowWeights, lambda);
        _point = [.. new double[rows.Features.Length], intercept];
        _errors = new double[rows.Rows.Count];
    }

    /// <summary>Starts at the solution for other row weights, another penalty or the same rows on other scales.</summary>
    public DualAscent(DualAscent near, ScaledRows rows, float[]? rowWeights, double lambda)
        : this(rows, rowWeights, lambda, 0)
    {
        for (int i = 0; i < _errors.Length; i++)
        {
            if (near._errors[i] != 0 && Weight(i) > 0)
                Change(i, near._errors[i]);
        }

        _point[^1] = near._point[^1];
    }

    /// <summary>The penalty.</summary>
    public double Lambda { get; }

    /// <summary>The weights of the columns and, last, the intercept.</summary>
    public double[] Point => [.. _point];

    /// <summary>Goes through all rows until the cost is near its least.</summary>
    /// <param name="tolerance">How near, at most, by the duality gap over the sum of the rows' weights.</param>
    /// <param name="mostPasses">Passes, at most.</param>
    /// <param name="cancel">Stops between passes.</param>
    public void Run(double tolerance, int mostPasses, CancellationToken cancel)
    {
        int[] order = [.. Enumerable.Range(0, _errors.Length).Where(i => Weight(i) > 0)];
        double all = order.Sum(i => (double)Weight(i));
        var random = new Xoshiro256StarStar(1, threadSafe: false);
        double[] squares = _rows.SquaredLengths;
        for (int pass = 0; pass < mostPasses && !cancel.IsCancellationRequested; pass++)
        {
            random.Shuffle(order);
            double gap = 0;
            foreach (int i in order)
                gap += Fit(i, (squares[i] + 1) / Lambda); // 1 is the intercept's

            // The errors move the intercept as they do a weight, whose penalty draws it back; it has none, so the errors' sum must come to 0:
            // it is moved on by that until it does (the method of multipliers).
            double drawn = _errors.Sum() / Lambda;
            if (gap < tolerance * all && drawn * drawn * all < tolerance * all)
                break;
            _point[^1] += drawn;
        }
    }

    // The error that fits row i, all others as they are: e = c (y - a(z)), where z moves by square for each unit that e does. To second order
    // what is given back is the row's share of the duality gap before: c times the Kullback-Leibler divergence of e / c from y - a.
    private double Fit(int i, double square)
    {
        double before = _errors[i], c = Weight(i), y = _rows.Rows.Labels[i], z0 = LogisticCost.Score(_rows, i, _point), z = z0, a = Sigmoid.Logistic(z0);
        double off = y - a - before / c, gap = c * off * off / (2 * Math.Max(a * (1 - a), 1e-9));
        // What is to be 0 grows with z; at z0 and at where the error of z0 would lead it has different signs.
        double end = z0 + square * (c * (y - a) - before), low = Math.Min(z0, end), high = Math.Max(z0, end);
        for (int step = 0; step < NewtonSteps; step++)
        {
            double wrong = z - z0 - square * (c * (y - a) - before);
            if (Math.Abs(wrong) <= 1e-12 * (1 + Math.Abs(z)))
                break;
            (low, high) = wrong < 0 ? (z, high) : (low, z);
            z -= wrong / (1 + square * c * a * (1 - a));
            if (!(z > low && z < high))
                z = (low + high) / 2;
            a = Sigmoid.Logistic(z);
        }

        Change(i, c * (y - a) - before);
        return gap;
    }

    private float Weight(int i) => _rowWeights?[i] ?? 1;

    private void Change(int i, double by)
    {
        int P = _rows.DenseColumns;
        (int[] starts, int[] indices, float[] values) = (_rows.Sparse.RowStarts, _rows.Sparse.Indices, _rows.Sparse.Values);
        _errors[i] += by;
        by /= Lambda;
        _point[^1] += by;
        ReadOnlySpan<float> dense = _rows.Dense.AsSpan(i * P, P);
        for (int c = 0; c < dense.Length; c++)
            _point[c] += by * dense[c];
        for (int k = starts[i]; k < starts[i + 1]; k++)
            _point[P + indices[k]] += by * values[k];
    }
}
