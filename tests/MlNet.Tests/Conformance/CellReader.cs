using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.MlNetTests.Conformance;

/// <summary>Reads any column's values as objects: text as strings, vectors as arrays.</summary>
internal static class CellReader
{
    public static Func<object> Make(DataViewRow row, DataViewSchema.Column column) => column.Type.RawType switch
    {
        var type when type == typeof(ReadOnlyMemory<char>) => Scalar<ReadOnlyMemory<char>>(row, column, text => text.ToString()),
        var type when type == typeof(VBuffer<ReadOnlyMemory<char>>) => Scalar<VBuffer<ReadOnlyMemory<char>>>(
            row, column, texts => texts.DenseValues().Select(text => text.ToString()).ToArray()),
        var type when type == typeof(VBuffer<float>) => Scalar<VBuffer<float>>(row, column, items => items.DenseValues().ToArray()),
        var type when type == typeof(VBuffer<double>) => Scalar<VBuffer<double>>(row, column, items => items.DenseValues().ToArray()),
        var type when type == typeof(VBuffer<int>) => Scalar<VBuffer<int>>(row, column, items => items.DenseValues().ToArray()),
        var type when type == typeof(bool) => Scalar<bool>(row, column, x => x),
        var type when type == typeof(byte) => Scalar<byte>(row, column, x => x),
        var type when type == typeof(int) => Scalar<int>(row, column, x => x),
        var type when type == typeof(uint) => Scalar<uint>(row, column, x => x),
        var type when type == typeof(long) => Scalar<long>(row, column, x => x),
        var type when type == typeof(float) => Scalar<float>(row, column, x => x),
        var type when type == typeof(double) => Scalar<double>(row, column, x => x),
        var type when type == typeof(DateTime) => Scalar<DateTime>(row, column, x => x),
        var type => throw new NotSupportedException($"{type} is read by no test."),
    };

    private static Func<object> Scalar<T>(DataViewRow row, DataViewSchema.Column column, Func<T, object> convert)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return convert(value);
        };
    }
}
