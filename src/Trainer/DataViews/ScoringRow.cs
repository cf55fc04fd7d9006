using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.DataViews;

/// <summary>A row with the network's three outputs behind its own columns.</summary>
internal sealed class ScoringRow : DataViewRow
{
    private readonly ScoringMapper _mapper;
    private readonly DataViewRow _input;
    private readonly ScoringGetters _getters;

    public ScoringRow(ScoringMapper mapper, DataViewRow input, bool[] activeOutputs)
    {
        _mapper = mapper;
        _input = input;
        _getters = new ScoringGetters(mapper, input, activeOutputs);
    }

    public override DataViewSchema Schema => _mapper.OutputSchema;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _getters.IsColumnActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters.GetGetter<TValue>(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _input.Dispose();
        base.Dispose(disposing);
    }
}
