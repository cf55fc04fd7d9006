using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.SamplesTests.Docs;

/// <summary>The C# of docs/derivation.md, so that it is compiled and run; <see cref="DerivationTests"/> compares the two.</summary>
internal static class DerivationSnippet
{
    public static GradientCheckResult Run(ShallowNetworkTransformer trained, float[][] rows, bool[] labels)
    {
        // derivation {
        ShallowNetworkModelParameters model = trained.Model; // of a ShallowNetworkTransformer
        NetworkParameters network = model.ToNetworkParameters();
        BackpropagationTrace trace = BackpropagationTrace.Run(network, model.Columns(rows[0]), labels[0]);
        foreach (TraceStep step in trace.Steps)
            Console.WriteLine($"{step.Symbol} ({step.Shape}) = {step.Formula}");

        var X = Matrix<double>.Build.DenseOfColumnArrays(rows.Select(row => model.Columns(row)));
        var Y = Matrix<double>.Build.DenseOfRowArrays(labels.Select(label => label ? 1.0 : 0).ToArray());
        GradientCheckResult check = GradientCheck.Run(network, X, Y);
        Console.WriteLine(check["W1"].RelativeError);
        // }
        return check;
    }
}
