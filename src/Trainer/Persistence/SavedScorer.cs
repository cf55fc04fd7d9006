using Microsoft.ML.Data;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.Persistence;

/// <summary>A network that was found in a loaded model, ready to score.</summary>
internal sealed class SavedScorer
{
    private readonly ModelScorer _scorer;
    private readonly int _featureCount;

    public SavedScorer(TrainedNetwork network) => (_scorer, _featureCount) = (network.CreateScorer(), network.FeatureCount);

    public float Score(in VBuffer<float> features)
    {
        if (features.Length != _featureCount)
            throw new InvalidOperationException($"The feature vector has {features.Length} slots; this network was trained on {_featureCount}.");
        return features.IsDense ? _scorer.Score(features.GetValues()) : _scorer.Score(features.GetIndices(), features.GetValues());
    }
}
