using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// A factor L of the cost's second derivatives, H = L Lᵀ, the products of columns as some of the rows estimate them: in the coordinates
/// Lᵀ w the cost is nearly round, so that a minimiser needs few steps. Of many columns the most frequent have such products, and each of the
/// others only its own square: words of one kind never meet in a row, and rare ones hardly do.
/// </summary>
internal sealed class Preconditioner
{
    /// <summary>Up to so many columns have products of all of them.</summary>
    public const int FewColumns = 512;

    private const int ColumnsOfMany = 256;
    private const double MostProducts = 5e7;
    private const int RowsPerColumn = 20;

    private readonly double[][] _lower; // row r of L has r + 1 numbers
    private readonly int[] _columns; // the column of each row of L, ascending, the intercept last
    private readonly int[] _place; // of each column among those; -1 for one that is scaled by itself
    private readonly double[] _roots; // of the second derivatives of these

    /// <summary>The factor at a point.</summary>
    public Preconditioner(ScaledRows rows, float[]? rowWeights, double lambda, ReadOnlySpan<double> point)
    {
        int P = rows.Features.Length, n = rows.Rows.Count;
        _columns = Columns(rows);
        (_place, _roots) = (new int[P + 1], new double[P + 1]);
        Array.Fill(_place, -1);
        for (int r = 0; r < _columns.Length; r++)
            _place[_columns[r]] = r;
        double perRow = rows.DenseColumns + (double)rows.Sparse.RowStarts[n] / Math.Max(1, n) + 1;
        int step = (int)Math.Clamp(n / Math.Max(MostProducts / (perRow * perRow), RowsPerColumn * _columns.Length), 1, int.MaxValue);
        double all = 0;
        double[] diagonal = new double[P + 1], row = new double[rows.DenseColumns];
        _lower = [.. Enumerable.Range(1, _columns.Length).Select(length => new double[length])];
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
        {
            if (_place[c] >= 0)
                _lower[_place[c]][_place[c]] += lambda;
            else
                _roots[c] = Math.Sqrt(diagonal[c] + lambda);
        }
        _lower[^1][^1] += 1e-6 * all; // the intercept has no penalty: rows that are all certain would leave it without curvature
        Factorise();
    }

    /// <summary>From the gradient by w to that by Lᵀ w: solves L u = g where it stands.</summary>
    public void Gradient(Span<double> g)
    {
        Span<double> some = stackalloc double[_columns.Length];
        Take(g, some);
        for (int r = 0; r < some.Length; r++)
            some[r] = (some[r] - Products.Dot<double>(_lower[r].AsSpan(0, r), some)) / _lower[r][r];
        Give(some, g);
    }

    /// <summary>From Lᵀ w to w: solves Lᵀ w = u where it stands.</summary>
    public void Weights(Span<double> u)
    {
        Span<double> some = stackalloc double[_columns.Length];
        Take(u, some);
        for (int r = some.Length - 1; r >= 0; r--)
        {
            some[r] /= _lower[r][r];
            Products.Add(-some[r], _lower[r].AsSpan(0, r), some);
        }
        Give(some, u);
    }

    private void Take(ReadOnlySpan<double> all, Span<double> some)
    {
        for (int r = 0; r < some.Length; r++)
            some[r] = all[_columns[r]];
    }

    private void Give(ReadOnlySpan<double> some, Span<double> all)
    {
        for (int c = 0; c < all.Length; c++)
            all[c] = _place[c] < 0 ? all[c] / _roots[c] : some[_place[c]];
    }

    // All, or the most frequent, of those that are in all rows the first; and the intercept.
    private static int[] Columns(ScaledRows rows)
    {
        int P = rows.Features.Length;
        if (P <= FewColumns)
            return [.. Enumerable.Range(0, P + 1)];
        int[] present = new int[P];
        Array.Fill(present, rows.Rows.Count, 0, rows.DenseColumns);
        foreach (int column in rows.Sparse.Indices.AsSpan(rows.Sparse.RowStarts[0]..rows.Sparse.RowStarts[rows.Rows.Count]))
            present[rows.DenseColumns + column]++;
        return [.. Enumerable.Range(0, P).OrderByDescending(c => present[c]).Take(ColumnsOfMany).Order(), P];
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
        double[] factors = [.. _columns.Select((c, r) => _lower[r][r] > 0 ? Math.Sqrt(diagonal[c] / _lower[r][r]) : 0)];
        for (int r = 0; r < factors.Length; r++)
        {
            for (int c = 0; c < r; c++)
                _lower[r][c] *= factors[r] * factors[c];
            _lower[r][r] = diagonal[_columns[r]];
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

    // The row's products of two columns, added to the half up to the diagonal. Dense columns with products come first.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddProducts(ScaledRows rows, int i, double curvature, double[] row)
    {
        int P = rows.DenseColumns, from = rows.Sparse.RowStarts[i], end = rows.Sparse.RowStarts[i + 1];
        Span<double> dense = row.AsSpan(0, Math.Min(P, _lower.Length - 1));
        for (int c = 0; c < dense.Length; c++)
        {
            dense[c] = rows.Dense[i * P + c];
            Products.Add(curvature * dense[c], dense[..(c + 1)], _lower[c]);
        }

        for (int k = from; k <= end; k++)
        {
            bool isIntercept = k == end;
            int place = isIntercept ? _lower.Length - 1 : _place[P + rows.Sparse.Indices[k]];
            if (place < 0)
                continue;
            double[] target = _lower[place];
            double factor = isIntercept ? curvature : curvature * rows.Sparse.Values[k];
            Products.Add(factor, dense, target);
            for (int j = from; j < end && j <= k; j++)
            {
                int other = _place[P + rows.Sparse.Indices[j]];
                if (other >= 0)
                    target[other] += factor * rows.Sparse.Values[j];
            }
        }

        _lower[^1][^1] += curvature;
    }
}
