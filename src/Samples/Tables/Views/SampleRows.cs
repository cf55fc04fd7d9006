using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// A view of made-up rows, in which every value is missing but some words: what a model makes of a row about which nothing is known, and
/// what a transform is to learn without another pass over the table.
/// </summary>
/// <param name="schema">The columns: of numbers, words and labels, or vectors of them.</param>
/// <param name="rows">How many rows.</param>
/// <param name="words">The word of a slot of a column (by its index) in a row, or null for none.</param>
internal sealed class SampleRows(DataViewSchema schema, int rows = 1, Func<int, int, int, string?>? words = null) : IDataView
{
    public DataViewSchema Schema { get; } = schema;

    public bool CanShuffle => false;

    public long? GetRowCount() => rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(Schema, rows, words ?? ((_, _, _) => null));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewSchema schema, int rows, Func<int, int, int, string?> words) : DataViewRowCursor
    {
        private long _position = -1;

        public override DataViewSchema Schema { get; } = schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override bool MoveNext() => ++_position < rows;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Delegate getter = column.Type switch
            {
                TextDataViewType => Of(_ => Word(column, 0)),
                BooleanDataViewType => Of(_ => false),
                NumberDataViewType type when type == NumberDataViewType.Double => Of(_ => double.NaN),
                VectorDataViewType { ItemType: TextDataViewType } vector => Of(_ => Vector(vector.Size, slot => Word(column, slot))),
                VectorDataViewType vector => Of(_ => Vector(vector.Size, _ => double.NaN)),
                _ => Of(_ => float.NaN),
            };
            return getter as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Column '{column.Name}' is of type {column.Type}, not {typeof(TValue).Name}.");
        }

        private ReadOnlyMemory<char> Word(DataViewSchema.Column column, int slot) => words(column.Index, slot, (int)_position).AsMemory();

        private static ValueGetter<T> Of<T>(Func<int, T> value) => (ref T given) => given = value(0);

        private static VBuffer<T> Vector<T>(int size, Func<int, T> value) => new(size, [.. Enumerable.Range(0, size).Select(value)]);
    }
}
