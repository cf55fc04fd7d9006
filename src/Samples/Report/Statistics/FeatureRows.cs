using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Report.Statistics;

/// <summary>Rows as the network sees them: n rows of D numbers, one after another, and what the D inputs are called.</summary>
/// <param name="Values">n * D numbers.</param>
/// <param name="InputNames">D names.</param>
/// <param name="Columns">The table's columns, each with its inputs (several for words, one for numbers).</param>
internal sealed record FeatureRows(float[] Values, IReadOnlyList<string> InputNames, IReadOnlyList<InputColumn> Columns)
{
    public int D => InputNames.Count;

    public int Count => D == 0 ? 0 : Values.Length / D;

    public ReadOnlySpan<float> Row(int i) => Values.AsSpan(i * D, D);
}
