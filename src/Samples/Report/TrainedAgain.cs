using Microsoft.ML;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Samples.Report.Charts;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Report;

/// <summary>The same seed trains the same network again, this time with somebody looking on.</summary>
internal static class TrainedAgain
{
    /// <summary>The loss on the held-out rows after each epoch; null where the history has one already, and where this is stopped.</summary>
    public static TrainingHistory? Watched(
        MLContext ml, TableProfile profile, TableView training, TableView testing, TrainingHistory history, ShallowNetworkTrainer.Options settings, CancellationToken stop)
    {
        if (history.WasCancelled || history.Epochs.Count == 0 || history.Epochs.All(e => e.ValidationLoss is not null))
            return null;
        int? patience = settings.Patience;
        settings.Patience = history.Epochs.Count; // watching must not end the training early
        try
        {
            TrainingHistory watched = TrainingDisplay.Run("Report", training.GetRowCount(), progress =>
                NetworkTraining.Fit(ml, profile, training, settings, progress, stop, testing)).LastTransformer.Model.History;
            return watched.WasCancelled ? null : watched;
        }
        catch (UserError) when (stop.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            settings.Patience = patience;
        }
    }

    /// <summary>The network after 1, 2, 4, 8, ... epochs: training stopped there. Of one that is joined from several, its members go through the epochs side by side,
    /// and what is joined is what all of them have learnt; the line and the trees that may stand beside them come at the end only. Stopped, it gives those that there are.</summary>
    public static IReadOnlyList<BoundaryStage> Stages(
        MLContext ml, TableProfile profile, TableView training, ShallowNetworkModelParameters trained, ShallowNetworkTrainer.Options settings, CancellationToken stop)
    {
        if (trained.History.WasCancelled)
            return [];
        var stages = new List<BoundaryStage>();
        for (int epochs = 1; epochs < trained.History.Epochs.Count; epochs *= 2)
        {
            if (After(epochs) is not { } network)
                break;
            int kept = network.History.BestEpoch > 0 ? network.History.BestEpoch : network.History.Epochs.Count;
            if (stages.Count == 0 || stages[^1].Epoch < kept)
                stages.Add(new BoundaryStage(kept, network));
        }

        return stages;

        ShallowNetworkModelParameters? After(int epochs)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
            try
            {
                ShallowNetworkModelParameters network = NetworkTraining.Fit(
                    ml, profile, training, settings, new Stop(end, epochs), end.Token).LastTransformer.Model;
                return stop.IsCancellationRequested ? null : network;
            }
            catch (UserError) when (stop.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    // When every member has finished the epoch; one that has ended before it is not waited for, once another is past it.
    private sealed class Stop(CancellationTokenSource stop, int epoch) : IProgress<TrainingProgress>
    {
        private int _there;

        public void Report(TrainingProgress value)
        {
            if (value.Epoch > epoch || (value.Epoch == epoch && ++_there == value.Members))
                stop.Cancel();
        }
    }
}
