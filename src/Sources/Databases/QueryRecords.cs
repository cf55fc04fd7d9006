using MlNetShallowNet.Sources.Records;

namespace MlNetShallowNet.Sources.Databases;

/// <summary>The records that a query gives, or those with keys in a range.</summary>
internal sealed class QueryRecords(KeyedQuery query, KeyRange? range) : RecordSource
{
    public override IReadOnlyList<RecordColumn> Columns { get; } = [.. query.Columns.Select(column => new RecordColumn(column.Name, column.Type!.Kind))];

    public override long? RecordCount => null;

    public override RecordPass Open(bool[] active) => new QueryPass(query, active, range);
}
