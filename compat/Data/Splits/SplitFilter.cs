namespace Microsoft.ML.Data;

/// <summary>The rows whose number between 0 and 1 lies in an interval, or those outside.</summary>
internal sealed class SplitFilter(IDataView source, SplitNumbers numbers, double from, double to, bool includeTo, bool outside)
    : RowFilter(source)
{
    // Numbers drawn row by row belong to the rows in their own order.
    public override bool CanShuffle => numbers.Column != null && base.CanShuffle;
    protected override IEnumerable<DataViewSchema.Column> GetInputs() => numbers.Column is { } column ? [column] : [];

    protected override Func<bool> MakeTest(DataViewRowCursor cursor)
    {
        var next = numbers.MakeReader(cursor);
        return () =>
        {
            // NaN is neither inside nor outside: such a row is lost, as in ML.NET.
            var x = next();
            return outside ? from > x || (includeTo ? x > to : x >= to) : from <= x && (includeTo ? x <= to : x < to);
        };
    }
}

