using Microsoft.ML;

namespace MlNetShallowNet.DataViews;

/// <summary>The getters of a scored row or cursor: the input's own for its columns, the network's for the three behind them.</summary>
internal sealed class ScoringGetters
{
    private readonly ScoringMapper _mapper;
    private readonly DataViewRow _input;
    private readonly bool[] _activeOutputs;
    private readonly RowScorer? _scorer;

    public ScoringGetters(ScoringMapper mapper, DataViewRow input, bool[] activeOutputs)
    {
        _mapper = mapper;
        _input = input;
        _activeOutputs = activeOutputs;
        _scorer = activeOutputs.Contains(true) ? mapper.CreateScorer(input) : null;
    }

    public bool IsColumnActive(DataViewSchema.Column column)
    {
        int inputs = _mapper.InputSchema.Count;
        return column.Index < inputs ? _input.IsColumnActive(_mapper.InputSchema[column.Index]) : _activeOutputs[column.Index - inputs];
    }

    public ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        int inputs = _mapper.InputSchema.Count;
        if (column.Index < inputs)
            return _input.GetGetter<TValue>(_mapper.InputSchema[column.Index]);
        if (_scorer is null || !_activeOutputs[column.Index - inputs])
            throw new InvalidOperationException($"Column '{column.Name}' was not asked for when this cursor was made, so it has no value.");
        return _scorer.Getter(column.Index - inputs) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' has values of type {column.Type.RawType.Name}, not {typeof(TValue).Name}.");
    }
}
