using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Onnx.Steps;

/// <summary>
/// Data of one row, made up to see what a step does that does not tell so itself. All slots of all columns are numbered from 0 on, and have
/// a number each; where a column is of text, that number as text.
/// </summary>
internal sealed class ProbeRow : IDataView
{
    private readonly int[] _firstSlot;
    private readonly Func<int, double> _value;

    /// <param name="columns">The columns.</param>
    /// <param name="value">What is in a slot.</param>
    public ProbeRow(IReadOnlyList<DataViewSchema.Column> columns, Func<int, double> value)
    {
        DataViewSchema.Builder schema = new();
        foreach (DataViewSchema.Column column in columns)
            schema.AddColumn(column.Name, column.Type, column.Annotations);
        Schema = schema.ToSchema();
        _value = value;
        _firstSlot = new int[columns.Count];
        for (int c = 1; c < columns.Count; c++)
            _firstSlot[c] = _firstSlot[c - 1] + Size(columns[c - 1].Type);
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    /// <summary>The slots of a type: 1 unless it is a vector.</summary>
    public static int Size(DataViewType type) => type is VectorDataViewType vector ? vector.Size : 1;

    /// <summary>What a step makes of such a row, where that is numbers or texts that are numbers; else nothing.</summary>
    public static double[] Passed(PipelineStep step, string made, Func<int, double> value)
    {
        if (!step.Reads.Select(name => step.Input[name]).Append(step.Output[made]).All(column => IsNumbered(column.Type)))
            return [];
        IDataView row = step.Transformer.Transform(new ProbeRow([.. step.Reads.Select(name => step.Input[name])], value));
        DataViewSchema.Column column = row.Schema[made];
        DataViewType item = Item(column.Type);
        return item == NumberDataViewType.Double ? Values<double>(row, column)
            : item == NumberDataViewType.Single ? Array.ConvertAll(Values<float>(row, column), number => (double)number)
            : Array.ConvertAll(Values<ReadOnlyMemory<char>>(row, column), text => double.Parse(text.Span, CultureInfo.InvariantCulture));
    }

    public long? GetRowCount() => 1;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private static bool IsNumbered(DataViewType type) => type is not VectorDataViewType { IsKnownSize: false }
        && (Item(type) is TextDataViewType || Item(type) == NumberDataViewType.Double || Item(type) == NumberDataViewType.Single);

    private static DataViewType Item(DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;

    private static T[] Values<T>(IDataView row, DataViewSchema.Column column) =>
        column.Type is VectorDataViewType ? [.. row.GetColumn<VBuffer<T>>(column).Single().DenseValues()] : [row.GetColumn<T>(column).Single()];

    private sealed class Cursor(ProbeRow row) : DataViewRowCursor
    {
        private long _position = -1;

        public override DataViewSchema Schema => row.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override bool MoveNext() => ++_position < 1;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            DataViewType item = Item(column.Type);
            Delegate? getter = item is TextDataViewType ? Of(column, number => number.ToString(CultureInfo.InvariantCulture).AsMemory())
                : item == NumberDataViewType.Double ? Of(column, number => number)
                : item == NumberDataViewType.Single ? Of(column, number => (float)number)
                : null;
            return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' is of type {column.Type}, not {typeof(TValue).Name}.");
        }

        private Delegate Of<T>(DataViewSchema.Column column, Func<double, T> convert)
        {
            int first = row._firstSlot[column.Index];
            return column.Type is VectorDataViewType vector
                ? new ValueGetter<VBuffer<T>>((ref VBuffer<T> value) =>
                    value = new VBuffer<T>(vector.Size, [.. Enumerable.Range(first, vector.Size).Select(slot => convert(row._value(slot)))]))
                : new ValueGetter<T>((ref T value) => value = convert(row._value(first)));
        }
    }
}
