using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Samples.Commands.Explain.Pages;

/// <summary>The network and the four examples whose numbers the derivation follows.</summary>
internal static class WorkedExample
{
    /// <summary>What gives them to the other explanations, in a clone of the repository.</summary>
    public const string Options = " --data docs/worked/examples.csv --network docs/worked/network.json";

    public static Subject Read()
    {
        using JsonDocument json = JsonDocument.Parse(PageResource.Read("network.json"));
        JsonElement network = json.RootElement;
        double[] Numbers(string name) => [.. network.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
        double[][] w1 = [.. network.GetProperty("W1").EnumerateArray().Select(row => row.EnumerateArray().Select(w => w.GetDouble()).ToArray())];

        string[][] lines = [.. PageResource.Read("examples.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
        double[][] rows = [.. lines.Skip(1).Select(line => line.Select(field => double.Parse(field, System.Globalization.CultureInfo.InvariantCulture)).ToArray())];
        return new Subject(
            new NetworkParameters(
                Matrix<double>.Build.DenseOfRowArrays(w1), Vector<double>.Build.Dense(Numbers("b1")),
                Matrix<double>.Build.DenseOfRowArrays(Numbers("W2")), network.GetProperty("b2").GetDouble(),
                Activation.ByName(network.GetProperty("activation").GetString()!)),
            Matrix<double>.Build.DenseOfColumnArrays(rows.Select(row => row[..^1])),
            Matrix<double>.Build.DenseOfRowArrays(rows.Select(row => row[^1]).ToArray()),
            lines[0][..^1],
            [.. Enumerable.Range(1, rows.Length).Select(row => (long)row)]);
    }

}
