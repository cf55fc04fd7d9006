using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.DataViews;

/// <summary>A cursor with the network's three outputs behind the columns of its input.</summary>
internal sealed class ScoringCursor : DataViewRowCursor
{
    private readonly ScoringMapper _mapper;
    private readonly DataViewRowCursor _input;
    private readonly ScoringGetters _getters;

    public ScoringCursor(ScoringMapper mapper, DataViewRowCursor input, bool[] activeOutputs)
    {
        _mapper = mapper;
        _input = input;
        _getters = new ScoringGetters(mapper, input, activeOutputs);
    }

    public override DataViewSchema Schema => _mapper.OutputSchema;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override bool MoveNext() => _input.MoveNext();

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
