using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.DataViews;

/// <summary>The network bound to an input schema: which columns it reads and adds, and the row that a PredictionEngine scores with.</summary>
internal sealed class ScoringMapper : IRowToRowMapper
{
    private readonly ShallowNetworkModelParameters _model;

    public ScoringMapper(ShallowNetworkModelParameters model, string featureColumnName, DataViewSchema inputSchema)
    {
        _model = model;
        InputSchema = inputSchema;
        Features = SchemaChecks.FeatureColumn(inputSchema, featureColumnName, model.FeatureCount);
        OutputSchema = OutputColumns.AddTo(inputSchema);
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    /// <summary>The feature column in <see cref="InputSchema"/>.</summary>
    public DataViewSchema.Column Features { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        bool[] needed = new bool[InputSchema.Count];
        foreach (DataViewSchema.Column column in dependingColumns)
        {
            if (column.Index < InputSchema.Count)
                needed[column.Index] = true;
            else
                needed[Features.Index] = true;
        }

        return InputSchema.Where(column => needed[column.Index]);
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ScoringRow(this, input, ActiveOutputs(activeColumns));
    }

    /// <summary>Which of the three added columns are among those asked for.</summary>
    public bool[] ActiveOutputs(IEnumerable<DataViewSchema.Column> activeColumns)
    {
        bool[] active = new bool[OutputSchema.Count - InputSchema.Count];
        foreach (DataViewSchema.Column column in activeColumns)
        {
            if (column.Index >= InputSchema.Count)
                active[column.Index - InputSchema.Count] = true;
        }

        return active;
    }

    public RowScorer CreateScorer(DataViewRow input) => new(_model, input, Features);
}
