using System.Buffers;

namespace MlNetShallowNet.Engine;

/// <summary>Z2 of raw rows. Immutable, so any number of threads may share it; nothing is allocated.</summary>
internal abstract class ModelScorer
{
    /// <summary>The score of one row of D numbers.</summary>
    public abstract float Score(ReadOnlySpan<float> features);

    /// <summary>The score of a row of which these features are not 0.</summary>
    public abstract float Score(ReadOnlySpan<int> indices, ReadOnlySpan<float> values);

    /// <summary>The scores of rows, one after another.</summary>
    public abstract void Score(ReadOnlySpan<float> rows, Span<float> scores);
}

/// <summary>For networks that read raw features.</summary>
internal sealed class RawRowScorer(NetworkScorer scorer) : ModelScorer
{
    public override float Score(ReadOnlySpan<float> features) => scorer.Score(features);

    public override float Score(ReadOnlySpan<int> indices, ReadOnlySpan<float> values) => scorer.Score(indices, values);

    public override void Score(ReadOnlySpan<float> rows, Span<float> scores) => scorer.Score(rows, scores);
}

/// <summary>For networks that read encoded features: a row becomes a sparse one with at most two numbers for each feature.</summary>
internal sealed class EncodedRowScorer(NetworkScorer scorer, InputEncoding encoding) : ModelScorer
{
    private const int MostOnStack = 512;

    private readonly int _largest = encoding.LargestRow;

    public override float Score(ReadOnlySpan<float> features)
    {
        if (_largest <= MostOnStack)
            return Score(features, stackalloc int[_largest], stackalloc float[_largest]);
        int[] indices = ArrayPool<int>.Shared.Rent(_largest);
        float[] values = ArrayPool<float>.Shared.Rent(_largest);
        float score = Score(features, indices, values);
        ArrayPool<int>.Shared.Return(indices);
        ArrayPool<float>.Shared.Return(values);
        return score;
    }

    // A feature that is 0 is not nothing to an encoding, so the row is written out.
    public override float Score(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        float[] row = ArrayPool<float>.Shared.Rent(encoding.FeatureCount);
        Span<float> features = row.AsSpan(0, encoding.FeatureCount);
        features.Clear();
        for (int k = 0; k < indices.Length; k++)
            features[indices[k]] = values[k];
        float score = Score(features);
        ArrayPool<float>.Shared.Return(row);
        return score;
    }

    public override void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        int D = encoding.FeatureCount;
        for (int i = 0; i < scores.Length; i++)
            scores[i] = Score(rows.Slice(i * D, D));
    }

    private float Score(ReadOnlySpan<float> features, Span<int> indices, Span<float> values)
    {
        int count = encoding.Encode(features, indices, values);
        return scorer.Score(indices[..count], values[..count]);
    }
}
