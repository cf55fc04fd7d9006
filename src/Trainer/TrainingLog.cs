using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetShallowNet.DataViews;
using MlNetShallowNet.Training;

namespace MlNetShallowNet;

/// <summary>Training's lines to <c>ml.Log</c>, when the trainer was given an MLContext.</summary>
internal static class TrainingLog
{
    private const string Source = "ShallowNetwork";

    /// <summary>A seed from the context's own random numbers, which a seeded context makes reproducible.</summary>
    public static int Seed(MLContext context) => ((IHostEnvironment)context).Register(Source).Rand.Next();

    public static void RowsLeftOut(MLContext? context, RowsRead rows)
    {
        if (rows.BadFeatures > 0)
            Write(context, channel => channel.Warning(MessageSensitivity.None, $"Left out {rows.BadFeatures} rows with missing or infinite features."));
        if (rows.BadWeights > 0)
            Write(context, channel => channel.Warning(MessageSensitivity.None, $"Left out {rows.BadWeights} rows whose weight is not a positive finite number."));
    }

    public static void Begin(MLContext? context, TrainingData data, TrainingSettings settings) => Write(context, channel => channel.Info(
        MessageSensitivity.None,
        $"Training {(settings.Members > 1 ? $"{settings.Members} members of " : "")}{settings.HiddenUnits} {settings.Activation.Name} units on {data.Count} rows{(!data.IsStreamed ? "" : " (streamed, for they exceed the memory budget)")}: {settings.Solver}, learning rate {settings.LearningRate}, " +
        $"{settings.Epochs} epochs of batches of {settings.BatchSize}, seed {settings.Seed}."));

    public static void End(MLContext? context, TrainedNetwork trained)
    {
        TrainingHistory history = trained.History;
        if (history.BestEpoch == 0)
            return;
        if (trained.Estimate is QualityEstimate estimate)
        {
            Write(context, channel => channel.Info(
                MessageSensitivity.None,
                $"On rows kept out of training: AUC {estimate.Auc:F4} ± {estimate.AucStandardError:F4}, log loss {estimate.LogLoss:F4} ± " +
                $"{estimate.LogLossStandardError:F4}{(trained.Calibration is null ? "" : ", calibrated")}."));
        }

        TrainingEpoch best = history.Epochs[history.BestEpoch - 1];
        string validation = best.ValidationLoss is double loss ? $", validation loss {loss:G5}" : "";
        Write(context, channel => channel.Info(
            MessageSensitivity.None,
            $"{(history.WasCancelled ? "Cancelled" : "Finished")} after {history.Epochs.Count} epochs; kept epoch {history.BestEpoch}: " +
            $"training loss {best.TrainingLoss:G5}{validation}."));
    }

    private static void Write(MLContext? context, Action<IChannel> write)
    {
        if (context is null)
            return;
        using IChannel channel = ((IHostEnvironment)context).Register(Source).Start("Training");
        write(channel);
    }
}
