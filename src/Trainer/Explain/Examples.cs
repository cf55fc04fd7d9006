using MathNet.Numerics.LinearAlgebra;

namespace MlNetShallowNet.Learning;

#pragma warning disable IDE1006 // The course's own symbols: X, Y.

/// <summary>What every explanation asks of its examples.</summary>
internal static class Examples
{
    public static void Check(NetworkParameters network, Matrix<double> X, Matrix<double> Y, Vector<double>? weights)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(X);
        ArgumentNullException.ThrowIfNull(Y);
        if (X.RowCount != network.FeatureCount)
        {
            throw new ArgumentException(
                $"X has {X.RowCount} rows; this network has {network.FeatureCount} features, so X must be {network.FeatureCount} x m.");
        }

        if (Y.RowCount != 1 || Y.ColumnCount != X.ColumnCount)
        {
            throw new ArgumentException(
                $"X holds {X.ColumnCount} examples, so Y must be 1 x {X.ColumnCount}; it is {Y.RowCount} x {Y.ColumnCount}.");
        }

        if (weights is not null && weights.Count != X.ColumnCount)
        {
            throw new ArgumentException(
                $"X holds {X.ColumnCount} examples, so there must be {X.ColumnCount} weights; there are {weights.Count}.");
        }

        if (weights is not null && !(weights.Minimum() >= 0 && weights.Sum() > 0))
        {
            throw new ArgumentException(
                "A weight is negative or not a number, or all are zero; weights must be zero or more, and at least one positive.");
        }
    }
}
