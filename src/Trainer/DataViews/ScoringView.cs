using Microsoft.ML;

namespace MlNetShallowNet.DataViews;

/// <summary>A data view with the network's three outputs behind its columns, computed as a cursor passes.</summary>
internal sealed class ScoringView(ScoringMapper mapper, IDataView input) : IDataView
{
    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema => mapper.OutputSchema;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        List<DataViewSchema.Column> needed = [.. columnsNeeded];
        return new ScoringCursor(mapper, input.GetRowCursor(mapper.GetDependencies(needed), rand), mapper.ActiveOutputs(needed));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        List<DataViewSchema.Column> needed = [.. columnsNeeded];
        DataViewRowCursor[] inputs = input.GetRowCursorSet(mapper.GetDependencies(needed), n, rand);
        return Array.ConvertAll(inputs, cursor => (DataViewRowCursor)new ScoringCursor(mapper, cursor, mapper.ActiveOutputs(needed)));
    }
}
