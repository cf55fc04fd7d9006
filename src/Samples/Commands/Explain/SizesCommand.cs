using System.CommandLine;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Samples.Report;
using MlNetShallowNet.Samples.Report.Charts;
using MlNetShallowNet.Samples.Report.Drawing;
using MlNetShallowNet.Samples.Report.Statistics;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Commands.Explain;

/// <summary><c>explain sizes</c>: the same table learned with more and more hidden units, as in the course, with a picture of
/// each.</summary>
internal static class SizesCommand
{
    private static readonly int[] _sizesOfTheCourse = [1, 2, 3, 4, 5, 20, 50];
    private const int StepsOfTheCourse = 5000;
    private const double LearningRateOfTheCourse = 1.2;
    private const double Nothing = 0.01; // a hundredth of the base rate's cost is as good as nothing gained
    private const int Starts = 5;

    public static Command Create()
    {
        TableOptions table = new();
        Option<int[]> hidden = new("--hidden")
        {
            Description = $"Numbers of hidden units [default: {string.Join(' ', _sizesOfTheCourse)}]",
            HelpName = "numbers",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => _sizesOfTheCourse,
        };
        hidden.Validators.Add(result =>
        {
            if (result.Tokens.Any(t => !int.TryParse(t.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int n) || n < 1))
                result.AddError("--hidden must be whole numbers of 1 or more.");
        });
        Option<int?> steps = OptionTexts.Number<int>(
            "--steps", $"Steps of gradient descent [default: {StepsOfTheCourse}]", n => n >= 1, "a whole number of 1 or more");
        Option<double?> learningRate = OptionTexts.Number<double>(
            "--learning-rate", "Learning rate [default: 1.2, the course's]", rate => rate > 0, "above 0");
        Option<int?> seed = OptionTexts.Number<int>("--seed", "Seed of the first weights [default: 1]", _ => true, "a whole number");
        Option<InputScaling?> scaling = OptionTexts.OneOf<InputScaling>(
            "--scaling", "Scaling of the inputs; the course has none", usual: "standardize");
        Option<string?> unseen = new("--test")
        {
            Description = "A table of the same columns that no network sees while it learns",
            HelpName = "file",
        };
        Option<string?> pictures = new("--pictures")
        {
            Description = "A folder for a picture (SVG) of each network; needs two inputs",
            HelpName = "folder",
        };

        var command = new Command("sizes", "Learns a table with more and more hidden units, by the course's gradient descent, and " +
            "compares them.");
        table.AddTo(command);
        command.AddGroup("The networks", hidden, steps, learningRate, seed, scaling);
        command.AddGroup("What is shown and written", unseen, pictures);
        command.SetAction(parse =>
        {
            TableSettings settings = table.Read(parse);
            ShallowNetworkTrainer.Options network = new()
            {
                Activation = Activation.Tanh,
                Initialization = WeightInitialization.SmallNormal,
                Solver = Solver.GradientDescent,
                InputScaling = parse.GetValue(scaling) ?? InputScaling.Standardize,
                L2Regularization = 0,
                NumberOfIterations = parse.GetValue(steps) ?? StepsOfTheCourse,
                LearningRate = parse.GetValue(learningRate) ?? LearningRateOfTheCourse,
                Seed = parse.GetValue(seed) ?? 1,
            };
            Run(settings, network, parse.GetValue(hidden)!, parse.GetValue(unseen), parse.GetValue(pictures));
        });
        return command;
    }

    private static void Run(TableSettings settings, ShallowNetworkTrainer.Options network, int[] sizes, string? unseenPath, string? folder)
    {
        using TableProfile profile = TableProfile.Read(settings);
        TableView rows = TableView.ForTraining(profile);
        Prepare(folder, profile);
        TableView? text = unseenPath is null ? null
            : TableView.ForModel(TableFile.Open(unseenPath, settings.Format), rows.Schema, profile.Table.Path, needsLabel: true);
        using CellStore? cells = text is null ? null : CellStore.Read(text);
        if (cells?.Count == 0)
            throw new UserError($"{unseenPath} has no row with a label.");
        TableView? unseen = cells is null ? null : text!.From(cells);
        MLContext ml = new(network.Seed);
        var lines = new List<IReadOnlyList<string>>();
        List<int> again = [], noBetter = [];
        double share = 0, baseCost = 0;
        foreach (int size in sizes)
        {
            network.HiddenUnits = size;
            Learnt learnt = Learn(ml, profile, rows, network);
            (share, baseCost) = (learnt.Scored.Positives / (double)learnt.Scored.Count, BaseCost(learnt.Scored));
            double atMost = baseCost - Nothing * baseCost;
            if (learnt.Cost > atMost && LearnFromLargerWeights(ml, profile, rows, network) is { } larger && larger.Cost <= atMost)
            {
                again.Add(size);
                learnt = larger;
            }
            (TransformerChain<ShallowNetworkTransformer> model, ScoredRows scored, FeatureRows inputs, double cost) = learnt;
            if (cost > atMost)
                noBetter.Add(size);
            double accuracy = Confusion.At(scored, 0.5).Accuracy;
            List<string> line = [$"{size}", Html.Percent(accuracy), Page.Number(cost)];
            if (unseen is not null)
            {
                ScoredRows scores = ReportReader.Read(model.Transform(unseen), profile.LabelName).Rows;
                line.AddRange([Html.Percent(Confusion.At(scores, 0.5).Accuracy), Page.Number(Losses.OfRows(scores).Average())]);
            }
            if (folder is not null)
            {
                string path = Path.Combine(folder, $"hidden-{size}.svg");
                Draw(path, model.LastTransformer.Model, inputs, scored, profile, accuracy);
                line.Add(Path.GetFileName(path));
            }
            lines.Add(line);
        }

        var page = new Page(Terminal.Out.Profile.Out.Writer);
        page.Text(
            $"{rows.Table.Path}: {profile.LabelByRow.Count(l => l is not null)} examples, {network.NumberOfIterations} steps of gradient descent " +
            $"with learning rate {Page.Number(network.LearningRate ?? 0)}, tanh, first weights of standard deviation 0.01 from seed " +
            $"{network.Seed}, inputs {(network.InputScaling == InputScaling.None ? "as they are" : "standardised")}.");
        List<string> heading = ["hidden units", "accuracy", "cost J"];
        if (unseenPath is not null)
            heading.AddRange(["unseen accuracy", "unseen cost"]);
        if (folder is not null)
            heading.Add("picture");
        page.Table(heading, lines);
        if (again.Count > 0)
        {
            page.Text($"With {string.Join(", ", again)} hidden units such small weights lead nowhere: where no input by itself tells the label, as with exclusive or, their gradient is " +
                $"nearly 0, and the units stay where they are. The row is the best of {Starts} networks from larger weights (Glorot's, seeds from {network.Seed} on).");
        }
        if (again.Contains(1))
            page.Text("One unit parts the plane by one straight line; what no line parts it can't learn, from whatever weights.");
        if (noBetter.Count > 0)
        {
            page.Text($"With {string.Join(", ", noBetter)} hidden units it is no better than always saying {Html.Percent(share)}, whose cost is {Page.Number(baseCost)}. " +
                "More steps, another --learning-rate or another --seed may get it going.");
        }
    }

    private static Learnt Learn(MLContext ml, TableProfile profile, TableView rows, ShallowNetworkTrainer.Options network)
    {
        TransformerChain<ShallowNetworkTransformer> model = TrainingDisplay.Run(Subject.Count(network.HiddenUnits!.Value, "hidden unit"), rows.GetRowCount(), progress =>
            NetworkTraining.Fit(ml, profile, rows, network, progress, StopRequest.Token));
        if (StopRequest.Token.IsCancellationRequested)
            throw new UserError($"Stopped by {StopRequest.By} while the network with {Subject.Count(network.HiddenUnits!.Value, "hidden unit")} was trained, so there is nothing to compare.");
        (ScoredRows scored, FeatureRows inputs) = ReportReader.Read(model.Transform(rows), profile.LabelName);
        return new Learnt(model, scored, inputs, Losses.OfRows(scored).Average());
    }

    // The course's small weights are a saddle for what is not told by single inputs: tanh is nearly linear there.
    private static Learnt LearnFromLargerWeights(MLContext ml, TableProfile profile, TableView rows, ShallowNetworkTrainer.Options network)
    {
        (WeightInitialization small, int? seed) = (network.Initialization, network.Seed);
        var learnt = new List<Learnt>();
        network.Initialization = WeightInitialization.Xavier;
        for (int k = 0; k < Starts; k++)
        {
            network.Seed = unchecked(seed + k);
            learnt.Add(Learn(ml, profile, rows, network));
        }
        (network.Initialization, network.Seed) = (small, seed);
        return learnt.MinBy(one => one.Cost)!;
    }

    private static void Prepare(string? folder, TableProfile profile)
    {
        if (folder is null)
            return;
        if (profile.UsedColumns.Count() != 2 || profile.UsedColumns.Any(c => c.Kind != ColumnKind.Numeric || c.Missing > 0))
            throw new UserError($"A picture needs two columns of numbers, without missing ones; {profile.Table.Path} has other " +
                "columns (leave --pictures out).");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{folder} can't be made: {e.Message}", e);
        }
    }

    private sealed record Learnt(TransformerChain<ShallowNetworkTransformer> Model, ScoredRows Scored, FeatureRows Inputs, double Cost);

    // Of someone who knows how many are a yes, and nothing else.
    private static double BaseCost(ScoredRows rows) =>
        Losses.OfConstant(rows, rows.Positives / (double)rows.Count).Average();

    private static void Draw(
        string path, ShallowNetworkModelParameters network, FeatureRows inputs, ScoredRows scored, TableProfile profile, double accuracy)
    {
        string title = $"{Subject.Count(network.HiddenUnits, "hidden unit")}: accuracy {Html.Percent(accuracy)}";
        string svg = DecisionBoundary.Picture(network, inputs, scored.Labels, null, [], 320).ToFile(
            title, $"The points of {profile.Table.Path.Split('/')[^1]} on the network's probability; the line is probability one half.");
        OutputFile.Write(path, svg);
    }
}
