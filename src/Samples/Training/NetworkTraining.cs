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
    /// <remarks>The columns, the progress and the cancellation of the options are set here. With rows of validation, the loss on them is measured after every epoch, and the best epoch is kept.</remarks>
    /// <exception cref="UserError">The network to go on from doesn't fit the table or the options, an option is out of its range, or
    /// training diverged.</exception>
    public static TransformerChain<ShallowNetworkTransformer> Fit(
        MLContext ml,
        TableProfile profile,
        TableView rows,
        ShallowNetworkTrainer.Options options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellation,
        TableView? validation = null,
        string? checkpoint = null,
        Func<ShallowNetworkTrainer, ITransformer, IDataView, ShallowNetworkTransformer>? fit = null)
    {
        FeatureStatistics statistics = FeatureStatistics.Read(profile, rows);
        ITransformer encoding = FeaturePipeline.Create(ml, rows, statistics);
        IDataView encoded = FeaturePipeline.Transform(encoding, rows);
        ShallowNetworkTransformer network = FitNetwork(
            ml, profile, encoded, options, progress, cancellation, validation is null ? null : FeaturePipeline.Transform(encoding, validation), checkpoint,
            fit is null ? null : trainer => fit(trainer, encoding, encoded));
        return new TransformerChain<ITransformer>(encoding).Append(network);
    }

    /// <summary>Reads rows for training member by member.</summary>
    /// <inheritdoc cref="Fit"/>
    public static T WithParts<T>(
        MLContext ml, TableProfile profile, TableView rows, ShallowNetworkTrainer.Options options, Func<PartsTraining, T> use, CancellationToken cancellation)
    {
        IDataView encoded = FeaturePipeline.Transform(FeaturePipeline.Create(ml, rows, FeatureStatistics.Read(profile, rows)), rows);
        ShallowNetworkTrainer trainer = Trainer(ml, profile, options, null, null, cancellation);
        return Sentences(
            false,
            () =>
            {
                using PartsTraining training = trainer.ReadParts([RowPart.Of(encoded, profile.Table.Path)]);
                return use(training);
            },
            cancellation);
    }

    /// <summary>Trains the network alone, on rows whose features the transforms have made.</summary>
    /// <inheritdoc cref="Fit"/>
    public static ShallowNetworkTransformer FitNetwork(
        MLContext ml,
        TableProfile profile,
        IDataView encoded,
        ShallowNetworkTrainer.Options options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellation,
        IDataView? validation = null,
        string? checkpoint = null,
        Func<ShallowNetworkTrainer, ShallowNetworkTransformer>? fit = null) => Sentences(checkpoint is not null || fit is not null, () =>
    {
        ShallowNetworkTrainer trainer = Trainer(ml, profile, options, progress, checkpoint, cancellation);
        ShallowNetworkTransformer network = fit is not null ? fit(trainer)
            : validation is null ? trainer.Fit(encoded)
            : trainer.Fit(encoded, validation);
        return network.Model.History is { WasCancelled: true, Epochs.Count: 0 } ? throw NothingLearnt(cancellation) : network;
    }, cancellation);

    private static ShallowNetworkTrainer Trainer(
        MLContext ml, TableProfile profile, ShallowNetworkTrainer.Options options, IProgress<TrainingProgress>? progress, string? checkpoint, CancellationToken cancellation)
    {
        options.LabelColumnName = profile.LabelName;
        options.FeatureColumnName = FeaturePipeline.Features;
        options.ExampleWeightColumnName = profile.Weight?.Name;
        options.Progress = progress;
        options.CancellationToken = cancellation;
        options.CheckpointPath = checkpoint;
        return ml.BinaryClassification.Trainers.ShallowNetwork(options);
    }

    private static T Sentences<T>(bool hasFiles, Func<T> train, CancellationToken cancellation)
    {
        try
        {
            using IDisposable _ = StopRequest.WhileTraining();
            if (hasFiles)
                StopRequest.NoteWritten();
            return train();
        }
        catch (OperationCanceledException)
        {
            throw NothingLearnt(cancellation);
        }
        catch (Exception e) when (hasFiles && e is InvalidDataException or IOException && UserError.Within(e) is null)
        {
            throw new UserError(e.Message, e);
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

    private static UserError NothingLearnt(CancellationToken cancellation) => new(cancellation.IsCancellationRequested
        ? $"Stopped by {StopRequest.By} before training had finished its first epoch; nothing was saved."
        : "The time budget ended before training had finished its first epoch; nothing was saved; give it more time.");

    /// <summary>Scores a view and measures it against its labels, with ML.NET's evaluator.</summary>
    /// <exception cref="UserError">The rows are all of one label.</exception>
    public static Evaluation Evaluate(MLContext ml, ITransformer model, TableView rows)
    {
        ScoredRows scores = ReportReader.ReadScores(model.Transform(rows), rows.LabelName);
        if (scores.Positives == 0 || scores.Negatives == 0)
        {
            string found = scores.Count == 0
                ? "no row with a label"
                : $"only the label {Shown.Text(rows.Labels.Of(scores.Positives > 0))} ({Terminal.Count(scores.Count, "row")})";
            throw new UserError($"{rows.Table.Path} has {found}: evaluation needs both values.");
        }
        try
        {
            double threshold = ml.Model.FindShallowNetworks(model) is [var network] ? network.Threshold : 0.5;
            return new Evaluation(
                ml.BinaryClassification.Evaluate(ml.Data.LoadFromEnumerable(scores.ToRows())), Curve.PrecisionRecall(scores).Area, scores, Confusion.At(scores, threshold));
        }
        catch (ArgumentOutOfRangeException e)
        {
            // The evaluator passes over rows whose score is NaN, and then misses one of the labels.
            throw new UserError(
                $"The network's scores of the rows of {rows.Table.Path} are no finite numbers, so it can't be evaluated; " +
                "if training ran away, lower the learning rate or let the inputs be scaled.", e);
        }
    }
}
