using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Network;

namespace MlNetShallowNet.Training;

/// <summary>
/// Rows as the encoding of a network to go on from has them: sparse. Columns of knots are between 0 and 1; a single column is as large as its
/// feature, and scaled while training.
/// </summary>
internal sealed class GivenEncoding : TrainingInputs
{
    private readonly InputEncoding _encoding;
    private readonly double[] _scale; // of each column
    private readonly int[] _readAtZero; // features that have a column at 0

    /// <param name="encoding">The encoding.</param>
    /// <param name="scaling">The features' scaling; null for single columns as they are.</param>
    public GivenEncoding(InputEncoding encoding, FeatureScaling? scaling)
    {
        _encoding = encoding;
        _scale = new double[encoding.ColumnCount];
        Array.Fill(_scale, 1);
        _readAtZero = [.. Enumerable.Range(0, encoding.FeatureCount).Where(d => encoding.Encode(d, 0, out _, out _, out _) > 0)];
        for (int d = 0; d < encoding.FeatureCount && scaling is not null; d++)
        {
            if (encoding.Knots(d).Length == 1)
                _scale[encoding.FirstColumn(d)] = scaling.IsConstant[d] ? OfConstant(scaling.Offset[d] - encoding.Knots(d)[0]) : scaling.Scale[d];
        }
    }

    public override int ColumnCount => _encoding.ColumnCount;

    public override InputEncoding Encoding => _encoding;

    public override TrainingRows Prepare(TrainingRows rows)
    {
        var encoded = new SparseRowsBuilder(rows.Count, 0);
        if (rows is DenseRows dense)
            Add(dense, encoded);
        else
            Add((SparseRows)rows, encoded);
        return encoded.ToRows(ColumnCount, rows);
    }

    private void Add(DenseRows rows, SparseRowsBuilder encoded)
    {
        int D = _encoding.FeatureCount;
        int[] columns = new int[_encoding.LargestRow];
        float[] values = new float[columns.Length];
        for (int i = 0; i < rows.Count; i++)
        {
            int count = _encoding.Encode(rows.Values.AsSpan(i * D, D), columns, values);
            for (int k = 0; k < count; k++)
                Add(columns[k], values[k], encoded);
            encoded.EndRow();
        }
    }

    // Of thousands of features a row has few, and few others are read where they are 0.
    private void Add(SparseRows rows, SparseRowsBuilder encoded)
    {
        int[] crossed = new int[_encoding.RoomForCrosses];
        float[] products = new float[crossed.Length], zeros = new float[crossed.Length > 0 ? rows.FeatureCount : 0];
        for (int i = 0; i < rows.Count; i++)
        {
            (int start, int count) = rows.Row(i);
            int next = 0;
            for (int k = start; k < start + count; k++)
            {
                next = AddZeros(next, rows.Indices[k], encoded);
                if (next < _readAtZero.Length && _readAtZero[next] == rows.Indices[k])
                    next++;
                AddFeature(rows.Indices[k], rows.Values[k], encoded);
            }
            AddZeros(next, rows.FeatureCount, encoded);
            if (crossed.Length > 0)
            {
                count = _encoding.Cross(rows.Indices.AsSpan(start, count), rows.Values.AsSpan(start, count), zeros, crossed, products);
                for (int k = 0; k < count; k++)
                    Add(crossed[k], products[k], encoded);
            }
            encoded.EndRow();
        }
    }

    private int AddZeros(int next, int before, SparseRowsBuilder encoded)
    {
        for (; next < _readAtZero.Length && _readAtZero[next] < before; next++)
            AddFeature(_readAtZero[next], 0, encoded);
        return next;
    }

    private void AddFeature(int feature, float value, SparseRowsBuilder encoded)
    {
        int count = _encoding.Encode(feature, value, out int column, out float first, out float second);
        if (count > 0)
            Add(column, first, encoded);
        if (count > 1)
            Add(column + 1, second, encoded);
    }

    private void Add(int column, float value, SparseRowsBuilder encoded) => encoded.Add(column, (float)(value * _scale[column]));

    public override NetworkParameters Fold(NetworkParameters trained) => PlainInputs.Changed(trained, (w1, _) => Scale(w1, s => s));

    public override NetworkParameters Unfold(NetworkParameters network) => PlainInputs.Changed(network, (w1, _) => Scale(w1, s => 1 / s));

    private void Scale(Span<double> w1, Func<double, double> factor)
    {
        for (int i = 0; i < w1.Length; i++)
            w1[i] *= factor(_scale[i % _scale.Length]);
    }

    private static double OfConstant(double column) => column == 0 ? 1 : 1 / Math.Abs(column);
}
