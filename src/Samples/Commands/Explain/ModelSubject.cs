using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Commands.Explain;

/// <summary>The network of a saved model and the rows of a table as it sees them.</summary>
internal static class ModelSubject
{
    /// <summary>Loads the model and puts the table through its transforms.</summary>
    /// <exception cref="UserError">Either can't be read, they don't fit, or the model holds no network or several.</exception>
    public static Subject Read(string path, TableSettings settings)
    {
        MLContext ml = new(0);
        ITransformer model = ModelFile.Load(ml, path, out DataViewSchema schema);
        TableFile table = settings.Source.Open(settings.Format);
        TableView rows = TableView.ForModel(table, schema, path, needsLabel: true, settings.Label, settings.Positive);
        ModelFile.Check(model, schema, path);
        IReadOnlyList<ShallowNetworkTransformer> networks = ml.Model.FindShallowNetworks(model);
        if (networks.Count != 1)
            throw new UserError($"{path} holds {networks.Count} two-layer networks; one is needed.");

        IDataView encoded = model.Transform(rows);
        DataViewSchema.Column features = encoded.Schema[networks[0].FeatureColumnName], label = encoded.Schema[rows.LabelName];
        var columns = new List<double[]>();
        var labels = new List<double>();
        var numbers = new List<long>();
        using (DataViewRowCursor cursor = encoded.GetRowCursor([features, label]))
        {
            ValueGetter<VBuffer<float>> featuresOf = cursor.GetGetter<VBuffer<float>>(features);
            ValueGetter<bool> labelOf = cursor.GetGetter<bool>(label);
            ValueGetter<DataViewRowId> idOf = cursor.GetIdGetter();
            VBuffer<float> row = default;
            while (cursor.MoveNext())
            {
                bool yes = false;
                DataViewRowId id = default;
                featuresOf(ref row);
                labelOf(ref yes);
                idOf(ref id);
                columns.Add(networks[0].Model.Columns(row.DenseValues().ToArray()));
                labels.Add(yes ? 1 : 0);
                numbers.Add((long)id.Low + 1);
            }
        }

        if (columns.Count == 0)
            throw new UserError($"{settings.Path} has no row with a label.");
        return new Subject(
            networks[0].Model.ToNetworkParameters(),
            Matrix<double>.Build.DenseOfColumnArrays(columns),
            Matrix<double>.Build.Dense(1, labels.Count, [.. labels]),
            ColumnNames(networks[0].Model, InputMap.Of(encoded.Schema, features.Name).Names),
            numbers);
    }

    /// <summary>What the columns of W1 are called: a feature that is encoded has one for each of its knots, and two that are read together one for each pair.</summary>
    public static string[] ColumnNames(ShallowNetworkModelParameters model, IReadOnlyList<string> features)
    {
        if (model.Encoding is not { } encoding)
            return [.. features];
        string[] names =
        [
            .. features.SelectMany((name, d) => encoding.Knots(d).Length == 1
                ? [name]
                : encoding.Knots(d).ToArray().Select(knot => $"{name} near {knot:G4}")),
        ];
        return [.. names, .. Enumerable.Range(names.Length, encoding.ColumnCount - names.Length).Select(encoding.FactorsOf)
            .Select(factors => $"{names[factors.First]} and {names[factors.Second]}")];
    }
}
