using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Samples.Report.Statistics;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Report;

/// <summary>From a training run to its page.</summary>
internal static class ReportBuilder
{
    /// <summary>The page, as HTML.</summary>
    public static string Build(
        MLContext ml,
        TableProfile profile,
        TableView training,
        TableView testing,
        TransformerChain<ShallowNetworkTransformer> model,
        ShallowNetworkTrainer.Options settings)
    {
        bool isHeldOut = !ReferenceEquals(training, testing);
        (ScoredRows trained, FeatureRows trainedInputs) =
            ReportReader.Read(model.Transform(training), profile.LabelName);
        (ScoredRows tested, FeatureRows testedInputs) = isHeldOut
            ? ReportReader.Read(model.Transform(testing), profile.LabelName)
            : (trained, trainedInputs);
        ShallowNetworkModelParameters network = model.LastTransformer.Model;
        return ReportPage.Write(new ReportData
        {
            Profile = profile,
            Network = network,
            Training = trained,
            Testing = tested,
            IsHeldOut = isHeldOut,
            TrainingInputs = trainedInputs,
            TestingInputs = testedInputs,
            Watched = isHeldOut ? Watch(ml, profile, training, testing, network.History, settings) : null,
            Options = OptionsText.Describe(settings, network),
            Command = CommandText(),
            Seed = settings.Seed ?? 1,
        });
    }

    // The same seed trains the same network again; this time its loss on the held-out rows is written down after each epoch.
    private static TrainingHistory? Watch(
        MLContext ml, TableProfile profile, TableView training, TableView testing, TrainingHistory history, ShallowNetworkTrainer.Options settings)
    {
        if (history.WasCancelled || history.Epochs.Count == 0 || history.Epochs.All(e => e.ValidationLoss is not null))
            return null;
        int? patience = settings.Patience;
        settings.Patience = history.Epochs.Count; // watching must not end the training early
        try
        {
            TrainingHistory watched = TrainingDisplay.Run("Report", progress =>
                NetworkTraining.Fit(ml, profile, training, settings, progress, StopRequest.Token, testing)).LastTransformer.Model.History;
            return watched.WasCancelled ? null : watched;
        }
        finally
        {
            settings.Patience = patience;
        }
    }

    private static string CommandText() =>
        string.Join(' ', Environment.GetCommandLineArgs().Skip(1).Select(a => a.Length > 0
            && a.All(c => !char.IsWhiteSpace(c) && c != '"') ? a : $"\"{a}\"").Prepend("shallownet"));
}
