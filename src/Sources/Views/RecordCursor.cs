using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Sources.Records;

namespace MlNetShallowNet.Sources.Views;

/// <summary>A pass over a <see cref="RecordView"/>.</summary>
internal sealed class RecordCursor(DataViewSchema schema, RecordSource source, bool[] active, LostDigits lost) : DataViewRowCursor
{
    private readonly RecordPass _reader = source.Open(active);
    private long _position = -1;

    public override DataViewSchema Schema { get; } = schema;

    public override long Position => _position;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

    public override bool MoveNext()
    {
        bool moved = _reader.MoveNext();
        _position = moved ? _position + 1 : -1;
        return moved;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!active[column.Index])
            throw new InvalidOperationException($"Column '{column.Name}' is not active in this cursor; ask for it with the cursor.");
        string name = column.Name;
        Delegate getter = _reader[column.Index] switch
        {
            Field<bool> field => Required(field, name),
            Field<DateTime> field => Required(field, name),
            Field<TimeSpan> field => Required(field, name),
            Field<float> field => Getter((ref float value) => value = field.TryRead(out float found) ? found : float.NaN),
            Field<double> field => Getter((ref double value) => value = field.TryRead(out double found) ? found : double.NaN),
            Field<long> field => Getter((ref double value) => value = field.TryRead(out long found) ? lost.ToDouble(found, name, Place) : double.NaN),
            Field<decimal> field => Getter((ref double value) => value = field.TryRead(out decimal found) ? lost.ToDouble(found, name, Place) : double.NaN),
            Field<string> field => Getter((ref ReadOnlyMemory<char> value) => value = field.TryRead(out string found) ? found.AsMemory() : default),
            Field field => throw new NotSupportedException($"There is no type of ML.NET's for {field.GetType()}."),
        };
        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' is of type {column.Type}, not {typeof(TValue).Name}.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _reader.Dispose();
        base.Dispose(disposing);
    }

    private static ValueGetter<T> Getter<T>(ValueGetter<T> getter) => getter;

    private ValueGetter<T> Required<T>(Field<T> field, string column) => (ref T value) =>
    {
        if (!field.TryRead(out value))
        {
            throw new InvalidDataException(
                $"{Place()}: column '{column}' has no value, and ML.NET's {typeof(T).Name} cannot be missing; give it a value there, or store the column as numbers or text.");
        }
    };

    private string Place() => _reader.Place;
}
