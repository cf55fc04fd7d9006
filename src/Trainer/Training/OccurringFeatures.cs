using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// The features of sparse rows that are not 0 in all of them: of the thousands that a hash has room for, those that a word fell on. The rows say
/// nothing about the others, so they are trained on without these: how wide a table is decides much of how it is learnt.
/// </summary>
internal sealed class OccurringFeatures
{
    private readonly int _all;
    private readonly int[] _features;

    private OccurringFeatures(int all, int[] features) => (_all, _features) = (all, features);

    /// <summary>Those of some rows; null where all occur, or none.</summary>
    public static OccurringFeatures? Of(SparseRows rows)
    {
        bool[] occurs = new bool[rows.FeatureCount];
        for (int k = rows.RowStarts[0]; k < rows.RowStarts[rows.Count]; k++)
            occurs[rows.Indices[k]] |= rows.Values[k] != 0;
        int[] features = [.. Enumerable.Range(0, occurs.Length).Where(d => occurs[d])];
        return features.Length == 0 || features.Length == occurs.Length ? null : new OccurringFeatures(occurs.Length, features);
    }

    /// <summary>Rows without the other features.</summary>
    public TrainingRows Only(TrainingRows rows)
    {
        if (rows is DenseRows dense)
        {
            float[] values = new float[checked(rows.Count * _features.Length)];
            for (int i = 0; i < rows.Count; i++)
            {
                for (int c = 0; c < _features.Length; c++)
                    values[i * _features.Length + c] = dense.Values[i * _all + _features[c]];
            }
            return new DenseRows(_features.Length, values, rows.Labels, rows.Weights);
        }
        var sparse = (SparseRows)rows;
        int[] place = new int[_all];
        Array.Fill(place, -1);
        for (int c = 0; c < _features.Length; c++)
            place[_features[c]] = c;
        var only = new SparseRowsBuilder(rows.Count, sparse.RowStarts[rows.Count]);
        for (int i = 0; i < rows.Count; i++)
        {
            (int start, int count) = sparse.Row(i);
            for (int k = start; k < start + count; k++)
            {
                if (place[sparse.Indices[k]] >= 0)
                    only.Add(place[sparse.Indices[k]], sparse.Values[k]);
            }
            only.EndRow();
        }
        return only.ToRows(_features.Length, rows);
    }

    /// <summary>An encoding of these features as one of all; the others have no column.</summary>
    public InputEncoding OfAll(InputEncoding encoding)
    {
        float[] lower = new float[_all], upper = new float[_all];
        float[][] knots = new float[_all][];
        Array.Fill(lower, float.NegativeInfinity);
        Array.Fill(upper, float.PositiveInfinity);
        Array.Fill(knots, []);
        for (int c = 0; c < _features.Length; c++)
        {
            int d = _features[c];
            (lower[d], upper[d], knots[d]) = (encoding.Lower[c], encoding.Upper[c], encoding.Knots(c).ToArray());
        }
        return new InputEncoding(lower, upper, knots, OfAll(encoding.Crosses));
    }

    /// <summary>Features that are read together, by their places among all; those between them that never occur have no column.</summary>
    public FeatureCross[] OfAll(ReadOnlySpan<FeatureCross> crosses)
    {
        FeatureCross[] all = new FeatureCross[crosses.Length];
        for (int t = 0; t < all.Length; t++)
        {
            FeatureCross cross = crosses[t];
            int first = _features[cross.First], second = _features[cross.Second];
            all[t] = new FeatureCross(
                first, _features[cross.First + cross.FirstCount - 1] - first + 1, second, _features[cross.Second + cross.SecondCount - 1] - second + 1);
        }
        return all;
    }
}
