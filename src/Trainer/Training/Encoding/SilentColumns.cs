using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Training;

/// <summary>
/// The columns that are 0 in all training rows. A network that is gone on from keeps its weights there, which the rows say nothing about: a
/// penalty would take from it what it learnt from other rows.
/// </summary>
internal sealed class SilentColumns(int columnCount)
{
    private readonly bool[] _isUsed = new bool[columnCount];

    /// <summary>Takes note of prepared rows, and hands them on.</summary>
    public TrainingRows Note(TrainingRows rows)
    {
        if (rows is SparseRows sparse)
        {
            for (int k = sparse.RowStarts[0]; k < sparse.RowStarts[rows.Count]; k++)
                _isUsed[sparse.Indices[k]] |= sparse.Values[k] != 0;
            return rows;
        }
        var dense = (DenseRows)rows;
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<float> row = dense.Values.AsSpan(i * columnCount, columnCount);
            for (int d = 0; d < row.Length; d++)
                _isUsed[d] |= row[d] != 0;
        }
        return rows;
    }

    /// <summary>Which columns occurred so far.</summary>
    public void Exchange(StateExchange state) => state.Fixed<bool>(_isUsed);

    /// <summary>The network as trained, with the weights of silent columns that it started with.</summary>
    public NetworkParameters Keep(NetworkParameters start, NetworkParameters trained)
    {
        Matrix<double> W1 = trained.W1.Clone();
        for (int d = 0; d < columnCount; d++)
        {
            if (!_isUsed[d])
                W1.SetColumn(d, start.W1.Column(d));
        }
        return new NetworkParameters(W1, trained.B1, trained.W2, trained.B2, trained.Activation);
    }
}
