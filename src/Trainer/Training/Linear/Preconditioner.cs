using System.Runtime.CompilerServices;
using MlNetShallowNet.Engine;

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

    private readonly double[][] _lower; // row r of L has r + 1 numbers

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
        _lower = [.. Enumerable.Range(1, P + 1).Select(length => new double[length])];
        for (int i = 0; i < n; i++)
        {
            double weight = rowWeights?[i] ?? 1, a = 1 / (1 + Math.Exp(-LogisticCost.Score(rows, i, point))), curvature = weight * a * (1 - a);
            all += weight;
            AddSquares(rows, i, curvature, diagonal);
            if (i % step == 0)
                AddProducts(rows, i, curvature, row);
        }

        ScaleTo(diagonal);
        for (int c = 0; c < P; c++)
            _lower[c][c] += lambda;
        _lower[P][P] += 1e-6 * all; // the intercept has no penalty: rows that are all certain would leave it without curvature
        Factorise();
    }

    /// <summary>From the gradient by w to that by Lᵀ w: solves L u = g where it stands.</summary>
    public void Gradient(Span<double> g)
    {
        for (int r = 0; r < g.Length; r++)
            g[r] = (g[r] - Products.Dot<double>(_lower[r].AsSpan(0, r), g)) / _lower[r][r];
    }

    /// <summary>From Lᵀ w to w: solves Lᵀ w = u where it stands.</summary>
    public void Weights(Span<double> u)
    {
        for (int r = u.Length - 1; r >= 0; r--)
        {
            u[r] /= _lower[r][r];
            Products.Add(-u[r], _lower[r].AsSpan(0, r), u);
        }
    }

    // Cholesky's, row by row where they stand. Rounding may leave nothing of a column that others add up to.
    private void Factorise()
    {
        const double Rounding = 1e-12;
        for (int r = 0; r < _lower.Length; r++)
        {
            double[] row = _lower[r];
            for (int c = 0; c < r; c++)
                row[c] = (row[c] - Products.Dot<double>(row.AsSpan(0, c), _lower[c])) / _lower[c][c];
            row[r] = Math.Sqrt(Math.Max(row[r] - Products.Dot<double>(row.AsSpan(0, r), row), Rounding * row[r]));
        }
    }

    // The sampled rows' products made such that the diagonal is that of all rows: rare columns are rare in a sample.
    private void ScaleTo(double[] diagonal)
    {
        double[] factors = [.. diagonal.Select((h, c) => _lower[c][c] > 0 ? Math.Sqrt(h / _lower[c][c]) : 0)];
        for (int r = 0; r < factors.Length; r++)
        {
            for (int c = 0; c < r; c++)
                _lower[r][c] *= factors[r] * factors[c];
            _lower[r][r] = diagonal[r];
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

    // The row's products of two columns, added to the half up to the diagonal.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddProducts(ScaledRows rows, int i, double curvature, double[] row)
    {
        int P = rows.DenseColumns, from = rows.Sparse.RowStarts[i], end = rows.Sparse.RowStarts[i + 1];
        for (int c = 0; c < P; c++)
        {
            row[c] = rows.Dense[i * P + c];
            Products.Add(curvature * row[c], row.AsSpan(0, c + 1), _lower[c]);
        }

        for (int k = from; k <= end; k++)
        {
            bool isIntercept = k == end;
            double[] target = isIntercept ? _lower[^1] : _lower[P + rows.Sparse.Indices[k]];
            double factor = isIntercept ? curvature : curvature * rows.Sparse.Values[k];
            Products.Add(factor, row, target);
            for (int j = from; j < end && j <= k; j++)
                target[P + rows.Sparse.Indices[j]] += factor * rows.Sparse.Values[j];
        }

        _lower[^1][^1] += curvature;
    }
}
