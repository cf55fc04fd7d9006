using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.MlNetTests.Differential;

/// <summary>Values of columns and annotations as text.</summary>
internal static class Values
{
    public static List<string> Rows(IDataView view, DataViewSchema.Column column)
        => Invoke<List<string>>(nameof(ReadRows), column.Type.RawType, view, column);

    public static string Show(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation) =>
        Invoke<string>(nameof(ReadAnnotation), annotation.Type.RawType, annotations, annotation);

    private static TResult Invoke<TResult>(string method, Type type, params object[] arguments) =>
        (TResult)typeof(Values).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).Invoke(null,
            arguments)!;

    private static List<string> ReadRows<T>(IDataView view, DataViewSchema.Column column)
    {
        var rows = new List<string>();
        using var cursor = view.GetRowCursor([column]);
        var getter = cursor.GetGetter<T>(column);
        T value = default!;
        while (cursor.MoveNext())
        {
            getter(ref value);
            rows.Add(Show(value));
        }

        return rows;
    }

    private static string ReadAnnotation<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        T value = default!;
        annotations.GetValue(annotation.Name, ref value);
        return Show(value);
    }

    private static string Show(object? value) => value switch
    {
        VBuffer<float> vector => Join(vector),
        VBuffer<double> vector => Join(vector),
        VBuffer<bool> vector => Join(vector),
        VBuffer<uint> vector => Join(vector),
        VBuffer<int> vector => Join(vector),
        VBuffer<sbyte> vector => Join(vector),
        VBuffer<byte> vector => Join(vector),
        VBuffer<short> vector => Join(vector),
        VBuffer<ushort> vector => Join(vector),
        VBuffer<long> vector => Join(vector),
        VBuffer<ulong> vector => Join(vector),
        VBuffer<ReadOnlyMemory<char>> vector => Join(vector),
        ReadOnlyMemory<char> text => $"'{text}'",
        float number => (number + 0f).ToString("R", CultureInfo.InvariantCulture),
        double number => (number + 0d).ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Join<T>(VBuffer<T> vector)
        => $"[{string.Join(",", vector.DenseValues().Select(value => Show(value)))}]{(vector.IsDense ? "" : " sparse")}";
}
