using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.DataViews;

/// <summary>Scores the row that its input stands on, once however many of the three outputs are read. One cursor, one thread.</summary>
internal sealed class RowScorer
{
    private readonly ShallowNetworkModelParameters _model;
    private readonly DataViewRow _input;
    private readonly ValueGetter<VBuffer<float>> _getFeatures;
    private VBuffer<float> _features;
    private long _position = -1;
    private float _score;

    public RowScorer(ShallowNetworkModelParameters model, DataViewRow input, DataViewSchema.Column features)
    {
        _model = model;
        _input = input;
        _getFeatures = input.GetGetter<VBuffer<float>>(features);
    }

    /// <summary>The score of the current row.</summary>
    public float Score()
    {
        if (_position != _input.Position)
        {
            _getFeatures(ref _features);
            _score = _model.Score(in _features);
            _position = _input.Position;
        }

        return _score;
    }

    /// <summary>The getter of the output with this position among the three: PredictedLabel, Score, Probability.</summary>
    public Delegate Getter(int output) => output switch
    {
        0 => (ValueGetter<bool>)((ref bool value) => value = Score() > 0),
        1 => (ValueGetter<float>)((ref float value) => value = Score()),
        _ => (ValueGetter<float>)((ref float value) => value = ShallowNetworkModelParameters.Probability(Score())),
    };
}
