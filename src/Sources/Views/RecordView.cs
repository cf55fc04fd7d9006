using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Sources.Records;

namespace MlNetShallowNet.Sources.Views;

/// <summary>
/// Records as a data view, with their columns by name. Integers, decimals and doubles are <c>Double</c>, floats are <c>Single</c>; a missing
/// number is NaN and a missing text empty. ML.NET has no missing <c>Boolean</c>, <c>DateTime</c> and <c>TimeSpan</c>: such a value is an error
/// when it is read.
/// </summary>
internal sealed class RecordView : IDataView
{
    private readonly RecordSource _source;
    private readonly LostDigits _lost;

    /// <param name="source">The records.</param>
    /// <param name="ml">Where it is said that digits are lost.</param>
    public RecordView(RecordSource source, MLContext ml)
    {
        (_source, _lost) = (source, new LostDigits(ml));
        DataViewSchema.Builder schema = new();
        foreach (RecordColumn column in source.Columns)
            schema.AddColumn(column.Name, TypeOf(column.Kind));
        Schema = schema.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _source.RecordCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        bool[] active = new bool[Schema.Count];
        foreach (DataViewSchema.Column column in columnsNeeded)
            active[column.Index] = true;
        return new RecordCursor(Schema, _source, active, _lost);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private static PrimitiveDataViewType TypeOf(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => BooleanDataViewType.Instance,
        ValueKind.Single => NumberDataViewType.Single,
        ValueKind.DateTime => DateTimeDataViewType.Instance,
        ValueKind.TimeSpan => TimeSpanDataViewType.Instance,
        ValueKind.Text => TextDataViewType.Instance,
        _ => NumberDataViewType.Double,
    };
}
