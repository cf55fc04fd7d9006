using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.DataViews;

namespace MlNetShallowNet;

/// <summary>A network's contributions in a pipeline: what <see cref="ShallowNetworkTransformer.Explain(IDataView, string)"/> makes.</summary>
internal sealed class ContributionTransformer : ITransformer
{
    private readonly MLContext _ml = new(seed: 0);
    private readonly ShallowNetworkTransformer _network;
    private readonly float[] _baseline;
    private readonly string _outputColumnName;

    public ContributionTransformer(ShallowNetworkTransformer network, float[] baseline, string outputColumnName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(outputColumnName);
        if (Array.FindIndex(baseline, value => !float.IsFinite(value)) is >= 0 and int d)
            throw new ArgumentException($"Feature {d} of the row to compare with is {baseline[d]}; every feature must be a finite number.");
        network.Model.Contributions(baseline, baseline); // says what is wrong with a length
        (_network, _baseline, _outputColumnName) = (network, baseline, outputColumnName);
    }

    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).GetOutputSchema(inputSchema);

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Bind(inputSchema).GetRowToRowMapper(inputSchema);

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Bind(input.Schema).Transform(input);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException(
        $"The column of contributions '{_outputColumnName}' can't be saved in a model; save the pipeline without it, and append {nameof(ShallowNetworkTransformer.Explain)} again after loading.");

    private ITransformer Bind(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return Explaining.Bind(
            _ml, row => Array.ConvertAll(_network.Model.Contributions(row, _baseline), value => (float)value), _baseline.Length,
            _network.FeatureColumnName, _outputColumnName, inputSchema);
    }
}
