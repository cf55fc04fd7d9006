using MathNet.Numerics.LinearAlgebra;

namespace MlNetShallowNet.Learning;

/// <summary>The gradient of one block of parameters, computed in two ways. Norms and errors are of the entries that were
/// compared.</summary>
public sealed class GradientCheckBlock
{
    private readonly bool[,] _compared;

    internal GradientCheckBlock(string name, Matrix<double> analytic, Matrix<double> numerical, bool[,] compared, double rounding)
    {
        (Name, Analytic, Numerical, _compared, Rounding) = (name, analytic, numerical, compared, rounding);
        double analyticSquares = 0, numericalSquares = 0, differenceSquares = 0, product = 0;
        for (int r = 0; r < analytic.RowCount; r++)
        {
            for (int c = 0; c < analytic.ColumnCount; c++)
            {
                if (!compared[r, c])
                {
                    EntriesAtKinks++;
                    continue;
                }

                double a = analytic[r, c], n = numerical[r, c], difference = Math.Abs(a - n);
                analyticSquares += a * a;
                numericalSquares += n * n;
                differenceSquares += difference * difference;
                product += a * n;
                if (difference > LargestDifference || (Row, Column) == (-1, -1) || double.IsNaN(difference))
                    (LargestDifference, Row, Column) = (difference, r, c);
            }
        }

        AnalyticNorm = Math.Sqrt(analyticSquares);
        NumericalNorm = Math.Sqrt(numericalSquares);
        DifferenceNorm = Math.Sqrt(differenceSquares);
        RelativeError = DifferenceNorm == 0 ? 0 : DifferenceNorm / (AnalyticNorm + NumericalNorm);
        // Two zeros, one of which is 1e-17, would have a relative error of 1: what rounding may do is measured by the shortest length of which
        // it leaves as many digits as are asked for.
        if (RelativeError > GradientCheck.Tolerance && DifferenceNorm <= Rounding)
        {
            IsBelowRounding = true;
            RelativeError = GradientCheck.Tolerance * DifferenceNorm / Rounding;
        }
        Cosine = AnalyticNorm * NumericalNorm == 0 ? double.NaN : product / (AnalyticNorm * NumericalNorm);
    }

    /// <summary>W1, b1, W2 or b2.</summary>
    public string Name { get; }

    /// <summary>What back-propagation says, in the block's shape: H x D, H x 1, 1 x H, 1 x 1.</summary>
    public Matrix<double> Analytic { get; }

    /// <summary>What the cost says when its parameters are moved, in the same shape.</summary>
    public Matrix<double> Numerical { get; }

    /// <summary>The Euclidean norm of <see cref="Analytic"/>.</summary>
    public double AnalyticNorm { get; }

    /// <summary>The Euclidean norm of <see cref="Numerical"/>.</summary>
    public double NumericalNorm { get; }

    /// <summary>The Euclidean norm of their difference.</summary>
    public double DifferenceNorm { get; }

    /// <summary>‖analytic - numerical‖ / (‖analytic‖ + ‖numerical‖), between 0 and 1. Where <see cref="IsBelowRounding"/>, the difference is
    /// divided by <see cref="Rounding"/> / <see cref="GradientCheck.Tolerance"/> instead.</summary>
    public double RelativeError { get; }

    /// <summary>The cosine of the angle between both: 1 where they differ in length alone. NaN where one of them is zero.</summary>
    public double Cosine { get; }

    /// <summary>The largest difference of one entry, at (<see cref="Row"/>, <see cref="Column"/>).</summary>
    public double LargestDifference { get; }

    /// <summary>The row, counted from 0, of the entry that differs most; -1 where none was compared.</summary>
    public int Row { get; } = -1;

    /// <summary>The column, counted from 0, of the entry that differs most; -1 where none was compared.</summary>
    public int Column { get; } = -1;

    /// <summary>How many entries were left out because their step crosses a kink of the activation, where J has no derivative.</summary>
    public int EntriesAtKinks { get; }

    /// <summary>A bound on the norm of what rounding contributes to <see cref="Numerical"/>: below it a difference means nothing.</summary>
    public double Rounding { get; }

    /// <summary>Whether the block is so close to zero that rounding alone can make the difference.</summary>
    public bool IsBelowRounding { get; }

    /// <summary>Whether both gradients are the same: a relative error of at most <see cref="GradientCheck.Tolerance"/>.</summary>
    public GradientVerdict Verdict =>
        EntriesAtKinks == _compared.Length ? GradientVerdict.AtKink
        : RelativeError <= GradientCheck.Tolerance ? GradientVerdict.Agrees
        : GradientVerdict.Differs;

    /// <summary>Whether the entry could be compared: its step crosses no kink of the activation.</summary>
    public bool IsCompared(int row, int column) => _compared[row, column];
}
