using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Training;

/// <summary>
/// How much each column adds to a row's score, compared with an average row: every number at its mean in training, no word set. They add up
/// to the difference of both scores (integrated gradients).
/// </summary>
internal sealed class Contributions
{
    private readonly ShallowNetworkModelParameters _model;
    private readonly NetworkParameters _network;
    private readonly float[] _baseline;

    private Contributions(ShallowNetworkTransformer network, IReadOnlyList<InputColumn> columns, float[] baseline)
    {
        (_model, _network, _baseline, Columns, FeatureColumnName) =
            (network.Model, network.Model.ToNetworkParameters(), baseline, columns, network.FeatureColumnName);
        BaselineScore = TextbookNetwork.Forward(_network, Matrix<double>.Build.DenseOfColumnArrays(_model.Columns(baseline))).Z2[0, 0];
    }

    /// <summary>The columns, or the network's inputs if each is to be told by itself.</summary>
    public IReadOnlyList<InputColumn> Columns { get; }

    /// <summary>The column of the network's inputs.</summary>
    public string FeatureColumnName { get; }

    /// <summary>The score of the average row.</summary>
    public double BaselineScore { get; }

    /// <summary>Prepares the contributions of a loaded model.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows that it scores.</param>
    /// <param name="byInput">Whether every input is told by itself; else the inputs of a column are added up.</param>
    /// <exception cref="UserError">The model holds no network, or several.</exception>
    public static Contributions Of(MLContext ml, ITransformer model, TableView rows, bool byInput)
    {
        IReadOnlyList<ShallowNetworkTransformer> networks = ml.Model.FindShallowNetworks(model);
        if (networks.Count != 1)
            throw new UserError($"The model holds {networks.Count} two-layer networks; --explain needs one.");
        ShallowNetworkTransformer network = networks[0];
        IDataView encoded = model.Transform(new EmptyRow(rows.Schema));
        DataViewSchema.Column features = encoded.Schema[network.FeatureColumnName];
        string[] inputs = InputNames.Of(features);
        string[] names = [.. rows.Columns.Select(c => c.Name)];
        float[] baseline = ReadFirst(encoded, features);
        // An average row lacks nothing, so no mark is set.
        for (int d = 0; d < inputs.Length; d++)
            baseline[d] = InputNames.IsMark(inputs[d], names) ? 0 : baseline[d];
        IReadOnlyList<InputColumn> columns = byInput
            ? [.. inputs.Select((name, d) => new InputColumn(name, [d]))]
            : InputNames.ByColumn(inputs, names);
        return new Contributions(network, columns, baseline);
    }

    /// <summary>What each of <see cref="Columns"/> adds to the score of a row.</summary>
    /// <param name="features">The row as the network sees it.</param>
    /// <param name="score">Its score.</param>
    public double[] Of(in VBuffer<float> features, float score)
    {
        double[] all = _model.Contributions(features.DenseValues().ToArray(), _baseline);
        // The score was rounded in single precision, by a millionth or so, and is printed in decimal; shared out, that makes the parts add up
        // to what is printed to the last digit.
        double rounding = double.Parse(NumberText.Format(score), CultureInfo.InvariantCulture) - BaselineScore - all.Sum(), size = all.Sum(Math.Abs);
        double share = size > 0 ? rounding / size : 0;
        return [.. Columns.Select(c => c.Inputs.Sum(d => all[d] + share * Math.Abs(all[d])))];
    }

    private static float[] ReadFirst(IDataView view, DataViewSchema.Column column)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> value = default;
        cursor.MoveNext();
        getter(ref value);
        return [.. value.DenseValues()];
    }
}
