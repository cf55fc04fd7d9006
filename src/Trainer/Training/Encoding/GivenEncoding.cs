using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Training;

/// <summary>Rows as the encoding of a network to go on from has them: sparse, its columns as they are.</summary>
internal sealed class GivenEncoding(InputEncoding encoding) : TrainingInputs
{
    public override int ColumnCount => encoding.ColumnCount;

    public override InputEncoding Encoding => encoding;

    public override TrainingRows Prepare(TrainingRows rows)
    {
        DenseRows dense = rows.ToDense();
        int D = encoding.FeatureCount, most = encoding.LargestRow, at = 0;
        int[] starts = new int[rows.Count + 1], indices = new int[checked(rows.Count * most)];
        float[] values = new float[indices.Length];
        for (int i = 0; i < rows.Count; i++)
        {
            at += encoding.Encode(dense.Values.AsSpan(i * D, D), indices.AsSpan(at, most), values.AsSpan(at, most));
            starts[i + 1] = at;
        }
        return new SparseRows(ColumnCount, starts, indices, values, rows.Labels, rows.Weights);
    }

    public override NetworkParameters Fold(NetworkParameters trained) => trained;

    public override NetworkParameters Unfold(NetworkParameters network) => network;
}
