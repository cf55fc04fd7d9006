using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetShallowNet.DataViews;
using MlNetShallowNet.Training;

namespace MlNetShallowNet;

/// <summary>Training's lines to <c>ml.Log</c>.</summary>
/// <param name="host">The trainer in its environment; null where there is none.</param>
internal sealed class TrainingLog(IHost? host)
{
    public void RowsLeftOut(RowsRead rows)
    {
        if (rows.BadFeatures > 0)
            Warn($"Skipped {rows.BadFeatures} instances with missing features during training");
        if (rows.BadWeights > 0)
            Warn($"Skipped {rows.BadWeights} instances whose weight is not a positive finite number during training");
    }

    public void TinyFeatures(IReadOnlyList<int> features, Func<DataViewSchema.Column> column)
    {
        if (features.Count == 0)
            return;
        string others = features.Count > 1 ? $" and {features.Count - 1} more" : "";
        Warn($"Feature '{FeatureNames.Of(column())[features[0]]}'{others}: no number in any row is above {Standardizer.Smallest}, below which single precision has few digits or " +
            "none, so that they tell little or nothing; give them in another unit.");
    }

    public void Begin(TrainingData data, TrainingSettings settings) => Write(channel => channel.Info(
        MessageSensitivity.None,
        $"Training {(settings.Members > 1 ? $"{settings.Members} members of " : "")}{settings.HiddenUnits} {settings.Activation.Name} units on {data.Count} rows{(!data.IsStreamed ? "" : " (streamed, for they exceed the memory budget)")}: {settings.Solver}, learning rate {settings.LearningRate}, " +
        $"{settings.Epochs} epochs of batches of {settings.BatchSize}, seed {settings.Seed}."));

    public void Crosses(IReadOnlyList<FeatureCross> crosses, Func<DataViewSchema.Column> column)
    {
        if (crosses.Count == 0)
            return;
        string[] names = FeatureNames.Of(column());
        string Range(int first, int count) => count == 1 ? $"'{names[first]}'" : $"'{names[first]}' to '{names[first + count - 1]}'";
        Info("Features that say more together than one by one are also read together: " +
            string.Join("; ", crosses.Select(cross => $"{Range(cross.First, cross.FirstCount)} with {Range(cross.Second, cross.SecondCount)}")) + ".");
    }

    public void End(TrainedNetwork trained)
    {
        TrainingHistory history = trained.History;
        if (history.BestEpoch == 0)
            return;
        if (trained.Estimate is QualityEstimate estimate)
        {
            Write(channel => channel.Info(
                MessageSensitivity.None,
                $"On rows kept out of training: AUC {estimate.Auc:F4} ± {estimate.AucStandardError:F4}, log loss {estimate.LogLoss:F4} ± " +
                $"{estimate.LogLossStandardError:F4}{(trained.Calibration is null ? "" : ", calibrated")}."));
        }

        TrainingEpoch best = history.Epochs[history.BestEpoch - 1];
        string validation = best.ValidationLoss is double loss ? $", validation loss {loss:G5}" : "";
        Write(channel => channel.Info(
            MessageSensitivity.None,
            $"{(history.WasCancelled ? "Cancelled" : "Finished")} after {history.Epochs.Count} epochs; kept epoch {history.BestEpoch}: " +
            $"training loss {best.TrainingLoss:G5}{validation}."));
    }

    public void Info(string message) => Write(channel => channel.Info(MessageSensitivity.None, message));

    public void Warn(string message) => Write(channel => channel.Warning(MessageSensitivity.None, message));

    private void Write(Action<IChannel> write)
    {
        if (host is null)
            return;
        using IChannel channel = host.Start("Training");
        write(channel);
    }
}
