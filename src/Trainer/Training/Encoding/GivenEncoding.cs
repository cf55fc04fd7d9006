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

    /// <param name="encoding">The encoding.</param>
    /// <param name="scaling">The features' scaling; null for single columns as they are.</param>
    public GivenEncoding(InputEncoding encoding, FeatureScaling? scaling)
    {
        _encoding = encoding;
        _scale = new double[encoding.ColumnCount];
        Array.Fill(_scale, 1);
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
        DenseRows dense = rows.ToDense();
        int D = _encoding.FeatureCount;
        int[] columns = new int[_encoding.LargestRow];
        float[] values = new float[columns.Length];
        var encoded = new SparseRowsBuilder(rows.Count, 0);
        for (int i = 0; i < rows.Count; i++)
        {
            int count = _encoding.Encode(dense.Values.AsSpan(i * D, D), columns, values);
            for (int k = 0; k < count; k++)
                encoded.Add(columns[k], (float)(values[k] * _scale[columns[k]]));
            encoded.EndRow();
        }
        return encoded.ToRows(ColumnCount, rows);
    }

    public override NetworkParameters Fold(NetworkParameters trained) => PlainInputs.Changed(trained, (w1, _) => Scale(w1, s => s));

    public override NetworkParameters Unfold(NetworkParameters network) => PlainInputs.Changed(network, (w1, _) => Scale(w1, s => 1 / s));

    private void Scale(Span<double> w1, Func<double, double> factor)
    {
        for (int i = 0; i < w1.Length; i++)
            w1[i] *= factor(_scale[i % _scale.Length]);
    }

    private static double OfConstant(double column) => column == 0 ? 1 : 1 / Math.Abs(column);
}
