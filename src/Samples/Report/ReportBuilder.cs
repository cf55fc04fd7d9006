using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Report.Charts;
using MlNetShallowNet.Samples.Report.Drawing;
using MlNetShallowNet.Samples.Report.Statistics;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Report;

/// <summary>From what a command has at hand to its page.</summary>
internal static class ReportBuilder
{
    /// <summary>The page of a training run, as HTML; once it is asked to stop, without what takes training again.</summary>
    public static string OfTraining(
        MLContext ml,
        TableProfile profile,
        TableView training,
        TableView testing,
        TransformerChain<ShallowNetworkTransformer> model,
        ShallowNetworkTrainer.Options settings,
        CancellationToken stop)
    {
        bool isHeldOut = !ReferenceEquals(training, testing);
        (ScoredRows trained, FeatureRows trainedInputs) =
            ReportReader.Read(model.Transform(training), profile.LabelName);
        (ScoredRows tested, FeatureRows testedInputs) = isHeldOut
            ? ReportReader.Read(model.Transform(testing), profile.LabelName)
            : (trained, trainedInputs);
        ShallowNetworkModelParameters network = model.LastTransformer.Model;
        TrainingHistory? watched = isHeldOut ? TrainedAgain.Watched(ml, profile, training, testing, network.History, settings, stop) : null;
        IReadOnlyList<BoundaryStage> stages = network.FeatureCount == 2 ? TrainedAgain.Stages(ml, profile, training, network, settings, stop) : [];
        string rows = $"{Html.Count(trained.Count)} to train on{(isHeldOut ? $", {Html.Count(tested.Count)} held out" : "")}";
        return ReportPage.Write(new ReportData
        {
            Path = profile.Table.Path,
            LabelName = profile.LabelName,
            Labels = profile.Labels,
            Testing = tested,
            Summary = $"{Of(network)}, trained on {Html.Count(trained.Count)} rows.",
            Judged = isHeldOut ? $"Figures are computed on {Html.Count(tested.Count)} rows that training did not see."
                : "No rows were held out: figures are computed on the rows that were trained on.",
            Network = network,
            TestingInputs = testedInputs,
            Training = new TrainingFacts(trained, trainedInputs, isHeldOut, watched, stages),
            Facts = [.. RunFacts.OfTable(profile, rows, trained.Positives / (double)trained.Count, network.FeatureCount)],
            Options = OptionsText.Describe(settings, network),
            Command = RunFacts.Command(),
            Seed = settings.Seed ?? 1,
        });
    }

    /// <summary>The page of a saved model on a table, as HTML.</summary>
    public static string OfEvaluation(MLContext ml, ITransformer model, string modelPath, TableView rows, ThresholdWishes wishes, TrainingOverlap? seen)
    {
        IDataView scored = model.Transform(rows);
        IReadOnlyList<ShallowNetworkTransformer> networks = ml.Model.FindShallowNetworks(model);
        bool hasInputs = networks.Count == 1 && scored.Schema.GetColumnOrNull(FeaturePipeline.Features) is not null;
        FeatureRows? inputs = null;
        ScoredRows tested;
        if (hasInputs)
            (tested, inputs) = ReportReader.Read(scored, rows.LabelName);
        else
            tested = ReportReader.ReadScores(scored, rows.LabelName);
        ShallowNetworkModelParameters? network = hasInputs ? networks[0].Model : null;
        return ReportPage.Write(new ReportData
        {
            Path = rows.Table.Path,
            LabelName = rows.LabelName,
            Labels = rows.Labels,
            Testing = tested,
            Summary = $"{(network is null ? "A model" : Of(network))}, read from {modelPath}.",
            Judged = $"Figures are computed on the {Html.Count(tested.Count)} rows with a label. {SeenRows.Sentence(seen, Html.Count)}",
            Network = network,
            TestingInputs = inputs,
            Wishes = wishes,
            Facts = [.. RunFacts.OfEvaluation(modelPath, rows, tested)],
            Command = RunFacts.Command(),
            Seed = 0,
        });
    }

    /// <summary>The page of a cross-validation, as HTML.</summary>
    public static string OfFolds(
        TableProfile profile, ScoredRows all, IReadOnlyList<(string Name, ScoredRows Rows)> folds, ShallowNetworkTrainer.Options settings) =>
        ReportPage.Write(new ReportData
        {
            Path = profile.Table.Path,
            LabelName = profile.LabelName,
            Labels = profile.Labels,
            Testing = all,
            Summary = $"{folds.Count} networks, each trained on all folds but one.",
            Judged = $"Figures are computed on {Html.Count(all.Count)} rows, each by the network that did not see it.",
            Folds = folds,
            Facts = [.. RunFacts.OfTable(profile, $"{Html.Count(all.Count)} in {folds.Count} folds", all.Positives / (double)all.Count, null)],
            Command = RunFacts.Command(),
            Seed = settings.Seed ?? 1,
        });

    private static string Of(ShallowNetworkModelParameters network) =>
        $"{network.FeatureCount} inputs, {network.HiddenUnits} hidden units ({network.Activation.Name}), one output";
}
