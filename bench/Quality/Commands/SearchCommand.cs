using System.CommandLine;
using System.Globalization;
using MlNetShallowNet.Quality.Measuring;
using MlNetShallowNet.Quality.Reports;
using MlNetShallowNet.Quality.Shapes;
using MlNetShallowNet.Quality.Tables;
using MlNetShallowNet.Quality.Trainers;

namespace MlNetShallowNet.Quality.Commands;

/// <summary><c>search</c>: draws tables and keeps those on which someone is better off with one of ML.NET's own trainers.</summary>
internal static class SearchCommand
{
    // A difference counts from three standard errors of the rows' paired differences on, and from this share of the loss on.
    private const double StandardErrors = 3;
    private const double NoticeableLoss = 0.005;
    private const double NoticeableAuc = 0.003;

    private const string Says =
        "Tables are drawn, ours and ML.NET's own trainers at their defaults learn them, and those are listed where one of the latter is better on fresh " +
        "rows: by log loss (at least 0.5 %, and three standard errors of the paired differences) or by AUC (at least 0.003). " +
        "`shapes random-N`, or `mixed-N`, runs one of them again.";

    public static Command Create(string[] arguments)
    {
        var count = new Option<int>("--count") { Description = "How many tables", DefaultValueFactory = _ => 50 };
        var mixed = new Option<bool>("--mixed") { Description = "Tables with words and missing numbers, instead of complete numbers" };
        var command = new Command("search", "Looks for tables on which one of ML.NET's own trainers beats ours at defaults") { count, mixed };
        var options = new RunOptions();
        options.AddTo(command, shapes: true);
        command.SetAction(parse =>
        {
            Contestant[] trainers = options.Trainers(parse, "ours,lightgbm,fasttree,fastforest,lbfgs");
            if (trainers[0].Name != Contestant.Ours || trainers.Length < 2)
                throw new BenchError("The search compares 'ours' with others: --trainers begins with ours, and names another.");
            var file = new ResultFile("Where one of ML.NET's own trainers is better", Says, arguments);
            file.Add("| table | rows x features | positives | AUC: ours | best other | best possible | log loss: ours | best other | best possible | function |\n|-|-|-|-|-|-|-|-|-|-|\n");
            int found = 0, tables = parse.GetValue(count), first = options.Seed(parse);
            for (int seed = first; seed < first + tables; seed++)
            {
                DrawnShape shape = parse.GetValue(mixed) ? new MixedShape(seed) : new RandomShape(seed);
                (IReadOnlyList<Outcome> outcomes, Metrics? best) = Contest.Run(
                    TableProblems.Of(shape, shape.Rows, seed, options.TestRows(parse)), trainers, Console.Error);
                if (outcomes.FirstOrDefault(o => o.Trainer == Contestant.Ours) is not { } ours)
                    continue;
                Outcome[] others = [.. outcomes.Where(o => o != ours)];
                if (others.Any(o => IsBetter(o, ours)))
                {
                    file.Add(Row(shape, ours, others, best!));
                    found++;
                }
            }

            file.Add(string.Create(CultureInfo.InvariantCulture, $"\n{found} of {tables} tables.\n"));
            options.Save(parse, file);
        });
        return command;
    }

    private static bool IsBetter(Outcome other, Outcome ours)
    {
        if (other.Quality.Auc > ours.Quality.Auc + NoticeableAuc)
            return true;
        Predictions a = other.Folds[0], b = ours.Folds[0];
        double[] gains = [.. Enumerable.Range(0, a.Labels.Length).Select(i => b.LogLoss(i) - a.LogLoss(i))];
        double mean = gains.Average(), error = Math.Sqrt(gains.Average(g => (g - mean) * (g - mean)) / gains.Length);
        return mean > NoticeableLoss * ours.Quality.LogLoss && mean > StandardErrors * error;
    }

    private static string Row(DrawnShape shape, Outcome ours, Outcome[] others, Metrics best)
    {
        Outcome byAuc = others.MaxBy(o => o.Quality.Auc)!, byLoss = others.MinBy(o => o.Quality.LogLoss)!;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {shape.Name} | {ours.Rows:N0} x {ours.Features} | {ours.Folds[0].Labels.Average(y => y ? 100.0 : 0):F0} % " +
            $"| {ours.Quality.Auc:F4} | {byAuc.Quality.Auc:F4} ({byAuc.Trainer}) | {best.Auc:F4} " +
            $"| {ours.Quality.LogLoss:F4} | {byLoss.Quality.LogLoss:F4} ({byLoss.Trainer}) | {best.LogLoss:F4} | {shape.Function} |\n");
    }
}
