using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.DataViews;

/// <summary>The columns of a data view that training reads, already checked.</summary>
/// <param name="Data">The data.</param>
/// <param name="Label">A Boolean column.</param>
/// <param name="Features">A column of known-size vectors of Single.</param>
/// <param name="Weight">A Single column, or null where every row weighs 1.</param>
internal sealed record TrainingColumns(IDataView Data, DataViewSchema.Column Label, DataViewSchema.Column Features, DataViewSchema.Column? Weight)
{
    /// <summary>D.</summary>
    public int FeatureCount => ((VectorDataViewType)Features.Type).Size;

    /// <summary>All of them.</summary>
    public IReadOnlyList<DataViewSchema.Column> Needed => Weight is { } weight ? [Label, Features, weight] : [Label, Features];
}
