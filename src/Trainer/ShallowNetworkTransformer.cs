using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.DataViews;
using MlNetShallowNet.Persistence;

namespace MlNetShallowNet;

/// <summary>
/// A trained network in a pipeline: reads the feature column and adds <c>PredictedLabel</c> (Boolean, probability above <see cref="Threshold"/>), <c>Score</c> (Single,
/// the log-odds) and <c>Probability</c> (Single, 1 / (1 + e^-score)), with the annotations of ML.NET's own binary classifiers.
/// </summary>
/// <remarks>
/// Saved by <c>ml.Model.Save</c>, it becomes a chain of in-box transformers that any ML.NET program loads if this assembly can be
/// resolved; <see cref="ShallowNetworkModelExtensions.LoadShallowNetwork(ModelOperationsCatalog, string, out DataViewSchema)"/> gives this
/// type back.
/// </remarks>
public sealed class ShallowNetworkTransformer : ISingleFeaturePredictionTransformer<ShallowNetworkModelParameters>
{
    private readonly MLContext _ml = new(seed: 0);
    private readonly float _scoreThreshold;

    /// <summary>A network that reads the column <paramref name="featureColumnName"/>.</summary>
    public ShallowNetworkTransformer(ShallowNetworkModelParameters model, string featureColumnName)
        : this(model, featureColumnName, NetworkDocument.OneHalf)
    {
    }

    internal ShallowNetworkTransformer(ShallowNetworkModelParameters model, string featureColumnName, double threshold)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(featureColumnName);
        Model = model;
        FeatureColumnName = featureColumnName;
        (Threshold, _scoreThreshold) = (threshold, ScoreOutput.ScoreAt(threshold));
        FeatureColumnType = new VectorDataViewType(NumberDataViewType.Single, model.FeatureCount);
    }

    /// <summary>The network.</summary>
    public ShallowNetworkModelParameters Model { get; }

    /// <summary>The probability above which a row is predicted to be positive: one half unless <see cref="WithThreshold"/> says otherwise.</summary>
    public double Threshold { get; }

    /// <summary>The column that it reads.</summary>
    public string FeatureColumnName { get; }

    /// <summary>That column's type: a vector of D Single.</summary>
    public DataViewType FeatureColumnType { get; }

    /// <summary>True: every output row depends on its input row alone.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The input's columns followed by <c>PredictedLabel</c>, <c>Score</c> and <c>Probability</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or not a vector of D Single.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).GetOutputSchema(inputSchema);

    /// <inheritdoc cref="GetOutputSchema"/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Bind(inputSchema).GetRowToRowMapper(inputSchema);

    /// <summary>The input with the three columns added, computed lazily as a cursor passes; several cursors may run at once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or not a vector of D Single.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Bind(input.Schema).Transform(input);
    }

    /// <summary>
    /// The same network with another threshold, which is saved with it. <c>PredictedLabel</c> follows it; <c>Score</c>, <c>Probability</c> and what ML.NET's
    /// <c>Evaluate</c> measures (it decides at one half by itself) do not.
    /// </summary>
    /// <param name="threshold">The probability above which a row is predicted to be positive; above 0 and below 1. Rows are compared by their score, in
    /// single precision.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0 and below 1.</exception>
    /// <example>
    /// <code>
    /// ShallowNetworkTransformer careful = model.WithThreshold(0.2); // a miss costs four times as much as a false alarm
    /// </code>
    /// </example>
    public ShallowNetworkTransformer WithThreshold(double threshold) => threshold is > 0 and < 1
        ? new(Model, FeatureColumnName, threshold)
        : throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "A threshold is a probability, above 0 and below 1.");

    /// <summary>
    /// A transformer that adds a column of contributions: what each feature adds to a row's score (log-odds), compared with the mean of other rows. The numbers of
    /// a row sum to its score less the score of that mean, up to the rounding of single precision (<see cref="Learning.IntegratedGradients"/>).
    /// </summary>
    /// <remarks>
    /// It reads <see cref="FeatureColumnName"/> and stands anywhere behind where that is made, before or after this transformer. The column is a vector of D
    /// Single; its slots have the names of the features' slots (<c>Features[2]</c> where one has none); it is computed only for cursors that ask for it, on several threads
    /// at once. A row with a feature that is NaN, of those that the network reads, has contributions that are NaN. The transformer keeps the mean, not the rows. It can't be saved: save the pipeline without
    /// it and append it again after loading.
    /// </remarks>
    /// <param name="background">The rows to compare with, with the feature column: for example those that were trained on. The mean of a feature is over
    /// the rows in which it is a finite number.</param>
    /// <param name="outputColumnName">The column that is added.</param>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing or not a vector of D Single.</exception>
    /// <exception cref="ArgumentException">There are no rows, or a feature is a finite number in none of them.</exception>
    /// <example>
    /// <code>
    /// var model = pipeline.Append(ml.BinaryClassification.Trainers.ShallowNetwork()).Fit(data);
    /// ITransformer explained = model.Append(model.LastTransformer.Explain(model.Transform(data), "Contributions"));
    /// IDataView rows = explained.Transform(data); // with a column Contributions
    /// </code>
    /// </example>
    public ITransformer Explain(IDataView background, string outputColumnName)
    {
        ArgumentNullException.ThrowIfNull(background);
        return new ContributionTransformer(
            this, MeanRow.Of(background, SchemaChecks.FeatureColumn(background.Schema, FeatureColumnName, Model.FeatureCount)), outputColumnName);
    }

    /// <summary>As <see cref="Explain(IDataView, string)"/>, compared with a row of your own.</summary>
    /// <param name="baseline">The row to compare with, D finite numbers.</param>
    /// <param name="outputColumnName">The column that is added.</param>
    /// <exception cref="ArgumentException">The row has another length, or a number in it is not finite.</exception>
    public ITransformer Explain(ReadOnlySpan<float> baseline, string outputColumnName) =>
        new ContributionTransformer(this, baseline.ToArray(), outputColumnName);

    /// <summary>
    /// How many of these rows the network was trained on, so that metrics on them are not taken for what fresh rows give. It keeps hashes of the rows
    /// that it was trained on, at most 4,096 of 64 bits, also when it is saved; of the rows that it goes on from (<see cref="ShallowNetworkTrainer.Options.InitialModel"/>) too.
    /// </summary>
    /// <remarks>
    /// A row is its features, as they come to this transformer, and its label; its weight and its place do not count. A row that equals one that was trained on by chance is
    /// found as well. Rows that training left out, and columns that are no features, are not in the hashes.
    /// </remarks>
    /// <param name="data">The rows, with the feature column and the label.</param>
    /// <param name="labelColumnName">The column of labels, Boolean.</param>
    /// <returns>Null where the network doesn't know its rows, as one does not that was made by hand.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The label or the feature column is missing or of another type.</exception>
    /// <example>
    /// <code>
    /// if (network.OverlapWithTraining(rows) is { Share: > 0 } overlap)
    ///     Console.WriteLine($"{overlap.Share:0 %} of these rows were trained on.");
    /// </code>
    /// </example>
    public TrainingOverlap? OverlapWithTraining(IDataView data, string labelColumnName = "Label")
    {
        ArgumentNullException.ThrowIfNull(data);
        DataViewSchema.Column label = SchemaChecks.LabelColumn(data.Schema, labelColumnName);
        DataViewSchema.Column features = SchemaChecks.FeatureColumn(data.Schema, FeatureColumnName, Model.FeatureCount);
        return Model.Trained.TrainedOn is { } trainedOn ? TrainingOverlap.Of(trainedOn, data, label, features) : null;
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        SaveChain.Create(new NetworkDocument(Model.Trained, FeatureColumnName, Threshold)).Save(ctx);

    private ITransformer Bind(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return Scoring.Bind(_ml, Model.Scorer, _scoreThreshold, FeatureColumnName, inputSchema);
    }
}
