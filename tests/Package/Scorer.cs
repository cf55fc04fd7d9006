using System.Globalization;
using Microsoft.ML.OnnxRuntime;

// Scores a table by an ONNX file, with nothing of ours or of ML.NET's, and compares with the program's scores.
string[][] table = [.. File.ReadLines(args[1]).Select(line => line.Split(','))], scores = [.. File.ReadLines(args[2]).Select(line => line.Split(','))];
string[][] rows = table[1..];
using InferenceSession session = new(args[0]);
Dictionary<string, OrtValue> inputs = session.InputMetadata.ToDictionary(input => input.Key, input =>
{
    int column = Array.IndexOf(table[0], input.Key);
    long[] shape = [rows.Length, 1];
    if (input.Value.ElementType == typeof(double))
        return OrtValue.CreateTensorValueFromMemory([.. rows.Select(row => row[column].Length == 0 ? double.NaN : double.Parse(row[column], CultureInfo.InvariantCulture))], shape);
    OrtValue texts = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
    for (int i = 0; i < rows.Length; i++)
        texts.StringTensorSetElementAt(rows[i][column], i);
    return texts;
});
using RunOptions options = new();
using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, inputs, ["Score", "PredictedLabel"]);
ReadOnlySpan<float> score = outputs[0].GetTensorDataAsSpan<float>();
ReadOnlySpan<bool> label = outputs[1].GetTensorDataAsSpan<bool>();
(int scoreColumn, int labelColumn) = (Array.IndexOf(scores[0], "Score"), Array.IndexOf(scores[0], "PredictedLabel"));
(double farthest, int otherLabels) = (0, 0);
for (int i = 0; i < rows.Length; i++)
{
    farthest = Math.Max(farthest, Math.Abs(score[i] - double.Parse(scores[i + 1][scoreColumn], CultureInfo.InvariantCulture)));
    otherLabels += label[i] == (scores[i + 1][labelColumn] == "1") ? 0 : 1;
}
Console.WriteLine($"{rows.Length} rows: scores differ by {farthest:g2} at most, labels in {otherLabels}.");
return scores.Length == table.Length && farthest <= 1e-5 && otherLabels == 0 ? 0 : 1;
