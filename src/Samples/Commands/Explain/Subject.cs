using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Samples.Commands.Explain;

/// <summary>What is explained: a network and examples.</summary>
/// <param name="Network">The network, D features.</param>
/// <param name="X">The examples, D x m.</param>
/// <param name="Y">Their labels, 1 x m.</param>
/// <param name="FeatureNames">D names.</param>
/// <param name="Rows">Each example's row in the file, counted from 1.</param>
/// <param name="Weights">The examples' weights; null where each counts once.</param>
internal sealed record Subject(
    NetworkParameters Network,
    Matrix<double> X,
    Matrix<double> Y,
    IReadOnlyList<string> FeatureNames,
    IReadOnlyList<long> Rows,
    Vector<double>? Weights = null)
{
    /// <summary>The network in one sentence, with its sizes.</summary>
    public string Describe() =>
        $"A network of {Count(Network.FeatureCount, "feature")}, {Count(Network.HiddenUnits, "hidden unit")} " +
        $"({Network.Activation.Name}) and one output, " +
        $"on {Count(X.ColumnCount, "example")}: D = {Network.FeatureCount}, H = {Network.HiddenUnits}, m = {X.ColumnCount}.";

    /// <summary>The same network on one of its examples.</summary>
    public Subject Only(int example) => this with
    {
        X = X.SubMatrix(0, X.RowCount, example, 1),
        Y = Y.SubMatrix(0, 1, example, 1),
        Rows = [Rows[example]],
        Weights = Weights?.SubVector(example, 1),
    };

    public static string Count(long count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}
