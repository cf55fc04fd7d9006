using Microsoft.ML.Data;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Persistence;

/// <summary>The network on ML.NET's vectors, dense or sparse.</summary>
internal static class VBufferScoring
{
    public static float Score(this ModelScorer scorer, in VBuffer<float> features)
    {
        if (features.Length != scorer.FeatureCount)
            throw new InvalidOperationException($"The feature vector has {features.Length} slots; this network was trained on {scorer.FeatureCount}.");
        return features.IsDense
            ? scorer.Score(features.GetValues())
            : scorer.Score(features.GetIndices(), features.GetValues());
    }
}
