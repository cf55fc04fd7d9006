using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Training;

/// <summary>
/// How much each column adds to a row's score, compared with an average row: every number at its mean in training, no word set. They add up
/// to the difference of both scores (integrated gradients).
/// </summary>
internal sealed class Contributions
{
    /// <summary>The column that <see cref="Explain"/> adds; no column of a table has such a name.</summary>
    private const string ColumnName = "Contributions of inputs";

    private readonly ShallowNetworkTransformer _network;
    private readonly float[] _baseline;

    private Contributions(ShallowNetworkTransformer network, IReadOnlyList<InputColumn> columns, float[] baseline) =>
        (_network, _baseline, Columns, BaselineScore) = (network, baseline, columns, Printed(network.Model.Score(baseline)));

    /// <summary>The columns, or the network's inputs if each is to be told by itself.</summary>
    public IReadOnlyList<InputColumn> Columns { get; }

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
        IDataView encoded = model.Transform(new SampleRows(rows.Schema));
        DataViewSchema.Column features = encoded.Schema[network.FeatureColumnName];
        InputMap inputs = InputMap.Of(encoded.Schema, features.Name);
        float[] baseline = [.. encoded.GetColumn<float[]>(features).Single()];
        // An average row lacks nothing, so no mark is set.
        for (int d = 0; d < baseline.Length; d++)
            baseline[d] = inputs.AreMarks[d] ? 0 : baseline[d];
        IReadOnlyList<InputColumn> columns = byInput
            ? [.. inputs.Names.Select((name, d) => new InputColumn(name, [d]))]
            : inputs.Columns;
        return new Contributions(network, columns, baseline);
    }

    /// <summary>The scored rows with a column that <see cref="Reader"/> reads.</summary>
    public IDataView Explain(IDataView scored) => _network.Explain(_baseline, ColumnName).Transform(scored);

    /// <summary>The column that is to be active in the cursor of <see cref="Reader"/>.</summary>
    public static DataViewSchema.Column ColumnOf(IDataView explained) => explained.Schema[ColumnName];

    /// <summary>What gives, from the current row's score, what each of <see cref="Columns"/> adds to it.</summary>
    public Func<float, double[]> Reader(DataViewRowCursor cursor)
    {
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(cursor.Schema[ColumnName]);
        VBuffer<float> row = default;
        return score =>
        {
            getter(ref row);
            double[] all = [.. row.DenseValues()];
            // Scores and contributions were rounded in single precision, by a millionth or so, and are printed in decimal; shared out, that makes
            // the parts add up to what is printed to the last digit.
            double rounding = Printed(score) - BaselineScore - all.Sum(), size = all.Sum(Math.Abs);
            double share = size > 0 ? rounding / size : 0;
            return [.. Columns.Select(c => c.Inputs.Sum(d => all[d] + share * Math.Abs(all[d])))];
        };
    }

    private static double Printed(float score) => double.Parse(NumberText.Format(score), CultureInfo.InvariantCulture);
}
