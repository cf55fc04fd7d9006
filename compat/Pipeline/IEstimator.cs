namespace Microsoft.ML;

/// <summary>Learns from data and gives a transformer.</summary>
public interface IEstimator<out TTransformer> where TTransformer : ITransformer
{
    /// <summary>Learns from the data.</summary>
    TTransformer Fit(IDataView input);
    /// <summary>The shape after the transformer, for checks before any learning.</summary>
    SchemaShape GetOutputSchema(SchemaShape inputSchema);
}

/// <summary>Turns one view into another.</summary>
public interface ITransformer : ICanSaveModel
{
    /// <summary>Whether every output row depends on one input row alone.</summary>
    bool IsRowToRowMapper { get; }
    /// <summary>The schema after this transformer.</summary>
    DataViewSchema GetOutputSchema(DataViewSchema inputSchema);
    /// <summary>The view after this transformer, computed as it is read.</summary>
    IDataView Transform(IDataView input);
    /// <summary>A mapper of single rows, where <see cref="IsRowToRowMapper"/>.</summary>
    IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema);
}

/// <summary>A transformer made by a trainer.</summary>
public interface IPredictionTransformer<out TModel> : ITransformer where TModel : class
{
    /// <summary>What was learnt.</summary>
    TModel Model { get; }
}

/// <summary>A transformer made by a trainer that reads one column of features.</summary>
public interface ISingleFeaturePredictionTransformer<out TModel> : IPredictionTransformer<TModel> where TModel : class
{
    /// <summary>The name of the features' column.</summary>
    string FeatureColumnName { get; }
    /// <summary>The type of the features' column.</summary>
    DataViewType FeatureColumnType { get; }
}

/// <summary>What a trainer needs of its data.</summary>
public sealed class TrainerInfo
{
    internal TrainerInfo(bool normalization = true, bool caching = true) => (NeedNormalization, WantCaching) = (normalization, caching);
    /// <summary>Whether features should be of similar scale.</summary>
    public bool NeedNormalization { get; }
    /// <summary>Whether the data is read several times.</summary>
    public bool WantCaching { get; }
}

/// <summary>What can be written to a model file.</summary>
public interface ICanSaveModel
{
    /// <summary>Writes this object, or whatever stands for it in the file.</summary>
    void Save(ModelSaveContext ctx);
}
