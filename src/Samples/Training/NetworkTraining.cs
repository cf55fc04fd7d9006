using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Samples.Report;
using MlNetShallowNet.Samples.Report.Statistics;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Training;

/// <summary>Trains a network on a table: the transforms and the trainer as one ML.NET pipeline.</summary>
internal static class NetworkTraining
{
    /// <summary>Trains on the rows of a view.</summary>
    /// <remarks>With rows of validation, the loss on them is measured after every epoch, and the best epoch is kept.</remarks>
    /// <exception cref="UserError">The network to go on from doesn't fit the table or the options, an option is out of its range, or
    /// training diverged.</exception>
    public static TransformerChain<ShallowNetworkTransformer> Fit(
        MLContext ml,
        TableProfile profile,
        TableView rows,
        NetworkSettings settings,
        IProgress<TrainingProgress> progress,
        CancellationToken cancellation,
        TableView? validation = null)
    {
        IEstimator<ITransformer> features = FeaturePipeline.Create(ml, profile);
        ITransformer encoding = features.Fit(rows);
        IDataView encoded = encoding.Transform(rows);
        if (settings.Initial is { } initial)
            CheckFits(initial.Network, initial.Path, settings, encoded);

        ShallowNetworkTrainer.Options options = settings.ToOptions();
        options.LabelColumnName = profile.LabelName;
        options.FeatureColumnName = FeaturePipeline.Features;
        options.ExampleWeightColumnName = profile.Weight?.Name;
        options.Progress = progress;
        options.CancellationToken = cancellation;
        try
        {
            ShallowNetworkTrainer trainer = ml.BinaryClassification.Trainers.ShallowNetwork(options, ml);
            ShallowNetworkTransformer network = validation is null
                ? trainer.Fit(encoded)
                : trainer.Fit(encoded, encoding.Transform(validation));
            return new TransformerChain<ITransformer>(encoding).Append(network);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException && UserError.Within(e) is null)
        {
            // The trainer says what was found and what to do: an option out of its range, or training that diverged.
            string message = e.Message.Split(" (Parameter '", 2)[0];
            if (e is ArgumentOutOfRangeException { ActualValue: { } found })
                message = $"{message.TrimEnd('.')}, not {found}.";
            throw new UserError(message, e);
        }
    }

    /// <summary>Scores a view and measures it against its labels, with ML.NET's evaluator.</summary>
    /// <exception cref="UserError">The rows are all of one label.</exception>
    public static Evaluation Evaluate(MLContext ml, ITransformer model, TableView rows)
    {
        (long positive, long negative) = CountLabels(rows);
        if (positive == 0 || negative == 0)
        {
            string found = positive + negative == 0
                ? "no row with a label"
                : $"only the label '{rows.Labels.Of(positive > 0)}' ({Terminal.Count(positive + negative, "row")})";
            throw new UserError($"{rows.Table.Path} has {found}: evaluation needs both values.");
        }
        try
        {
            IDataView scored = model.Transform(rows);
            return new Evaluation(ml.BinaryClassification.Evaluate(scored, rows.LabelName),
                Curve.PrecisionRecall(ReportReader.ReadScores(scored, rows.LabelName)).Area);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // The evaluator passes over rows whose score is NaN, and then misses one of the labels.
            throw new UserError(
                $"The network's scores of the rows of {rows.Table.Path} are no finite numbers, so it can't be evaluated; " +
                "if training ran away, lower the learning rate or let the inputs be scaled.", e);
        }
    }

    private static (long Positive, long Negative) CountLabels(TableView rows)
    {
        DataViewSchema.Column label = rows.Schema[rows.LabelName];
        using DataViewRowCursor cursor = rows.GetRowCursor([label]);
        ValueGetter<bool> getter = cursor.GetGetter<bool>(label);
        long positive = 0, negative = 0;
        while (cursor.MoveNext())
        {
            bool isPositive = false;
            getter(ref isPositive);
            if (isPositive)
                positive++;
            else
                negative++;
        }
        return (positive, negative);
    }

    private static void CheckFits(ShallowNetworkModelParameters network, string path, NetworkSettings settings, IDataView encoded)
    {
        int features = ((VectorDataViewType)encoded.Schema[FeaturePipeline.Features].Type).Size;
        if (network.FeatureCount != features)
            throw new UserError($"{path} has a network of {network.FeatureCount} inputs, but the table gives {features}.");
        if (settings.HiddenUnits is { } hidden && hidden != network.HiddenUnits)
            throw new UserError($"{path} has a network of {network.HiddenUnits} hidden units, but --hidden says {hidden}.");
        if (settings.Activation is { } activation && activation.Name != network.Activation.Name)
            throw new UserError($"{path} has the activation {network.Activation.Name}, but --activation says {activation.Name}.");
    }
}
