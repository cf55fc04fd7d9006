using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;

namespace MlNetShallowNet.Training;

/// <summary>
/// A factor L of the cost's second derivatives, H = L Lᵀ, the products of columns as some of the rows estimate them: in the coordinates
/// Lᵀ w the cost is nearly round, so that a minimiser needs few steps.
/// </summary>
internal sealed class Preconditioner
{
    private const int MostColumns = 512;
    private const double MostProducts = 5e7;
    private const int RowsPerColumn = 20;

    private readonly double[][] _lower; // of L
    private readonly double[][] _upper; // of Lᵀ

    /// <summary>Whether columns are so few that it pays.</summary>
    public static bool Suits(ScaledRows rows) => rows.Features.Length <= MostColumns;

    /// <summary>The factor at a point.</summary>
    public Preconditioner(ScaledRows rows, float[]? rowWeights, double lambda, ReadOnlySpan<double> point)
    {
        int P = rows.Features.Length, n = rows.Rows.Count;
        double perRow = rows.DenseColumns + (double)rows.Sparse.RowStarts[n] / Math.Max(1, n) + 1;
        int step = (int)Math.Clamp(n / Math.Max(MostProducts / (perRow * perRow), RowsPerColumn * P), 1, int.MaxValue);
        double all = 0;
        double[] diagonal = new double[P + 1], row = new double[rows.DenseColumns];
        Matrix<double> full = Matrix<double>.Build.Dense(P + 1, P + 1);
        for (int i = 0; i < n; i++)
        {
            double weight = rowWeights?[i] ?? 1, a = 1 / (1 + Math.Exp(-LogisticCost.Score(rows, i, point))), curvature = weight * a * (1 - a);
            all += weight;
            AddSquares(rows, i, curvature, diagonal);
            if (i % step == 0)
                AddProducts(rows, i, curvature, row, full.AsColumnMajorArray(), P + 1);
        }

        ScaleTo(diagonal, full);
        for (int c = 0; c < P; c++)
            full[c, c] += lambda;
        full[P, P] += 1e-6 * all; // the intercept has no penalty: rows that are all certain would leave it without curvature
        Matrix<double> factor = full.Cholesky().Factor;
        (_lower, _upper) = (factor.ToRowArrays(), factor.Transpose().ToRowArrays());
    }

    /// <summary>From the gradient by w to that by Lᵀ w: solves L u = g where it stands.</summary>
    public void Gradient(Span<double> g)
    {
        for (int r = 0; r < g.Length; r++)
            g[r] = (g[r] - TensorPrimitives.Dot(_lower[r].AsSpan(0, r), g[..r])) / _lower[r][r];
    }

    /// <summary>From Lᵀ w to w: solves Lᵀ w = u where it stands.</summary>
    public void Weights(Span<double> u)
    {
        for (int r = u.Length - 1; r >= 0; r--)
            u[r] = (u[r] - TensorPrimitives.Dot(_upper[r].AsSpan(r + 1), u[(r + 1)..])) / _upper[r][r];
    }

    // The sampled rows' products, only above the diagonal, made such that the diagonal is that of all rows: rare columns are rare in a sample.
    private static void ScaleTo(double[] diagonal, Matrix<double> products)
    {
        double[] factors = [.. diagonal.Select((h, c) => products[c, c] > 0 ? Math.Sqrt(h / products[c, c]) : 0)];
        for (int r = 0; r < factors.Length; r++)
        {
            for (int c = r + 1; c < factors.Length; c++)
                products[r, c] = products[c, r] = products[r, c] * factors[r] * factors[c];
            products[r, r] = diagonal[r];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddSquares(ScaledRows rows, int i, double curvature, double[] diagonal)
    {
        int P = rows.DenseColumns;
        for (int c = 0; c < P; c++)
            diagonal[c] += curvature * rows.Dense[i * P + c] * rows.Dense[i * P + c];
        for (int k = rows.Sparse.RowStarts[i]; k < rows.Sparse.RowStarts[i + 1]; k++)
            diagonal[P + rows.Sparse.Indices[k]] += curvature * rows.Sparse.Values[k] * rows.Sparse.Values[k];
        diagonal[^1] += curvature;
    }

    // The row's products of two columns, added to the half above the diagonal, column by column as the matrix is stored.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddProducts(ScaledRows rows, int i, double curvature, double[] row, double[] values, int size)
    {
        int P = rows.DenseColumns;
        for (int c = 0; c < P; c++)
            row[c] = rows.Dense[i * P + c];
        for (int c = 0; c < P; c++)
            AddTo(c, row[c]);
        int from = rows.Sparse.RowStarts[i], end = rows.Sparse.RowStarts[i + 1];
        for (int k = from; k < end; k++)
            AddSparse(P + rows.Sparse.Indices[k], rows.Sparse.Values[k], k);
        AddSparse(size - 1, 1, end);
        values[^1] += curvature;

        void AddTo(int column, double value)
        {
            Span<double> target = values.AsSpan(column * size, column + 1);
            TensorPrimitives.MultiplyAdd(row.AsSpan(0, column + 1), curvature * value, target, target);
        }

        void AddSparse(int column, double value, int before)
        {
            Span<double> target = values.AsSpan(column * size, P);
            TensorPrimitives.MultiplyAdd(row.AsSpan(0, P), curvature * value, target, target);
            int last = column == size - 1 ? before : before + 1;
            for (int k = from; k < last; k++)
                values[column * size + P + rows.Sparse.Indices[k]] += curvature * value * rows.Sparse.Values[k];
        }
    }
}
