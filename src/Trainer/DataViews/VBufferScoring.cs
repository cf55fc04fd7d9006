using Microsoft.ML.Data;

namespace MlNetShallowNet.DataViews;

/// <summary>The network on ML.NET's vectors, dense or sparse.</summary>
internal static class VBufferScoring
{
    public static float Score(this ShallowNetworkModelParameters model, in VBuffer<float> features)
    {
        if (features.Length != model.FeatureCount)
            throw new InvalidOperationException($"The feature vector has {features.Length} slots; this network was trained on {model.FeatureCount}.");
        return features.IsDense
            ? model.Scorer.Score(features.GetValues())
            : model.Scorer.Score(features.GetIndices(), features.GetValues());
    }
}
