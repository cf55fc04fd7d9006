using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace MlNetShallowNet.OnnxTests;

/// <summary>A file that was exported, run by OnnxRuntime.</summary>
internal sealed class OnnxFile(byte[] content) : IDisposable
{
    private readonly InferenceSession _session = new(content);

    /// <summary>The file of a pipeline.</summary>
    public static OnnxFile Of(ITransformer model, DataViewSchema schema)
    {
        using MemoryStream file = new();
        new MLContext(0).Model.ExportToOnnx(model, schema, file);
        return new OnnxFile(file.ToArray());
    }

    public IEnumerable<string> Inputs => _session.InputMetadata.Keys.Order(StringComparer.Ordinal);

    public IEnumerable<string> Outputs => _session.OutputMetadata.Keys;

    /// <summary>What the file makes of rows, of which it takes the columns that it names.</summary>
    public Scored[] Score(IDataView rows)
    {
        Dictionary<string, OrtValue> inputs = _session.InputMetadata.Keys.ToDictionary(name => name, name => Column(rows, rows.Schema[name]));
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(options, inputs, ["Score", "Probability", "PredictedLabel"]);
        float[] scores = outputs[0].GetTensorDataAsSpan<float>().ToArray(), probabilities = outputs[1].GetTensorDataAsSpan<float>().ToArray();
        bool[] labels = outputs[2].GetTensorDataAsSpan<bool>().ToArray();
        return [.. scores.Select((score, i) => new Scored { Score = score, Probability = probabilities[i], PredictedLabel = labels[i] })];
    }

    /// <summary>Asserts that OnnxRuntime and ML.NET's ApplyOnnxModel give what the model gives.</summary>
    public void IsLike(ITransformer model, IDataView rows)
    {
        var ml = new MLContext(0);
        Scored[] expected = Scored.Of(model.Transform(rows));
        Assert.NotEmpty(expected);
        Scored.AreAlike(expected, Score(rows));
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, content);
        try
        {
            // ML.NET takes an input by its name, so that nothing but the file's is needed.
            using var applied = ml.Transforms.ApplyOnnxModel([.. Outputs], [.. Inputs], path).Fit(rows);
            Scored.AreAlike(expected, Scored.OfTensors(applied.Transform(rows)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    public void Dispose() => _session.Dispose();

    private static OrtValue Column(IDataView rows, DataViewSchema.Column column) => (column.Type is VectorDataViewType vector ? vector.ItemType : column.Type).RawType switch
    {
        var type when type == typeof(float) => Numbers<float>(rows, column),
        var type when type == typeof(double) => Numbers<double>(rows, column),
        var type when type == typeof(int) => Numbers<int>(rows, column),
        _ => Texts(rows, column),
    };

    private static OrtValue Numbers<T>(IDataView rows, DataViewSchema.Column column)
        where T : unmanaged
    {
        T[] values = Values<T>(rows, column, out long count);
        return OrtValue.CreateTensorValueFromMemory(values, [count, values.Length / count]);
    }

    private static OrtValue Texts(IDataView rows, DataViewSchema.Column column)
    {
        string[] values = [.. Values<ReadOnlyMemory<char>>(rows, column, out long count).Select(text => text.ToString())];
        OrtValue tensor = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [count, values.Length / count]);
        for (int i = 0; i < values.Length; i++)
            tensor.StringTensorSetElementAt(values[i].AsSpan(), i);
        return tensor;
    }

    private static T[] Values<T>(IDataView rows, DataViewSchema.Column column, out long count)
    {
        T[][] values = column.Type is VectorDataViewType
            ? [.. rows.GetColumn<VBuffer<T>>(column).Select(vector => vector.DenseValues().ToArray())]
            : [.. rows.GetColumn<T>(column).Select(value => new[] { value })];
        count = values.Length;
        return [.. values.SelectMany(row => row)];
    }
}
