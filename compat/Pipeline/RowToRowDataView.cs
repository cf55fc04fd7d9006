namespace Microsoft.ML.Data;

/// <summary>The view that a mapper makes of another.</summary>
internal sealed class RowToRowDataView(IDataView source, RowMapper mapper) : View(mapper.OutputSchema)
{
    public override bool CanShuffle => source.CanShuffle;
    public override long? GetRowCount() => source.GetRowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var columns = columnsNeeded.ToArray();
        var input = source.GetRowCursor(mapper.GetDependencies(columns), rand);
        try
        {
            return new Cursor(input, mapper.GetRow(input, columns), Getters.Mark(Schema, columns));
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    private sealed class Cursor(DataViewRowCursor input, DataViewRow row, bool[] active) : WrappingCursor(input, row.Schema, active)
    {
        protected override Delegate MakeGetter(DataViewSchema.Column column) => Getters.Get(row, column);
    }
}

/// <summary>Base of views that keep what most views say; a set of cursors has one.</summary>
internal abstract class View(DataViewSchema schema) : IDataView
{
    public DataViewSchema Schema => schema;
    public virtual bool CanShuffle => false;
    public abstract long? GetRowCount();
    public abstract DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];
}

/// <summary>Base of rows and cursors of which some columns are active; a row alone doesn't move.</summary>
internal abstract class PartialCursor(DataViewSchema schema, bool[] active) : DataViewRowCursor
{
    public override DataViewSchema Schema => schema;
    public override long Batch => 0;
    public override bool MoveNext() => false;
    public override bool IsColumnActive(DataViewSchema.Column column) => column.Index < active.Length && active[column.Index];

    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Contracts.CheckParam(IsColumnActive(column), nameof(column),
            $"The column '{column.Name}' is not active: name it when asking for the cursor.");
        return MakeGetter(column) as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Invalid TValue: the column '{column.Name}' is {column.Type}, not '{typeof(TValue)}'.");
    }

    /// <summary>A getter, of the raw type, of an active column.</summary>
    protected abstract Delegate MakeGetter(DataViewSchema.Column column);
}

/// <summary>Base of cursors over another cursor: passes everything on.</summary>
internal abstract class WrappingCursor(DataViewRowCursor input, DataViewSchema schema, bool[] active) : PartialCursor(schema, active)
{
    protected DataViewRowCursor Input { get; } = input;
    public override long Position => Input.Position;
    public override long Batch => Input.Batch;
    public override bool MoveNext() => Input.MoveNext();
    public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();
    protected override Delegate MakeGetter(DataViewSchema.Column column) => Getters.Get(Input, column);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Input.Dispose();
        base.Dispose(disposing);
    }
}
