using System.CommandLine;
using MlNetShallowNet.Quality.Measuring;
using MlNetShallowNet.Quality.Reports;
using MlNetShallowNet.Quality.Tables;
using MlNetShallowNet.Quality.Trainers;

namespace MlNetShallowNet.Quality.Commands;

/// <summary>Real tables in folds: <c>tables</c> beside recorded peers, <c>in-box</c> beside ML.NET's own trainers, <c>ablation</c> beside ourselves.</summary>
internal static class TableCommands
{
    public static Command Tables(string[] arguments)
    {
        var command = new Command("tables", "Real tables in folds, beside what other libraries reached on the same folds");
        var options = new RunOptions();
        var peersFile = new Option<string?>("--peers") { Description = "What peers.py measured, in place of the recorded results where it has the same" };
        options.AddTo(command, tables: true);
        command.Add(peersFile);
        command.SetAction(parse =>
        {
            RecordedPeers peers = RecordedPeers.Read(Path.Combine(AppContext.BaseDirectory, "peers.json"));
            if (parse.GetValue(peersFile) is { } newer)
                peers = peers.With(RecordedPeers.Read(newer));
            var file = new ResultFile("Quality on real tables", RankReport.Says, arguments);
            foreach (Contestant trainer in options.Trainers(parse, Contestant.Ours))
            {
                List<Outcome> outcomes = Measure(options, parse, [trainer]);
                file.Add($"## {trainer.Name}\n\n{RankReport.Write(outcomes, peers)}\n");
            }

            options.Save(parse, file);
        });
        return command;
    }

    public static Command InBox(string[] arguments)
    {
        var command = new Command("in-box", "Real tables in folds, beside ML.NET's own trainers in the same process");
        var options = new RunOptions();
        options.AddTo(command, tables: true);
        command.SetAction(parse =>
        {
            var file = new ResultFile("Beside ML.NET's own trainers, on real tables", ContestReport.Says, arguments);
            file.Add(ContestReport.Header);
            List<Outcome> outcomes = Measure(
                options, parse, options.Trainers(parse, "ours,lightgbm,fasttree,fastforest,lbfgs,sdca"), rows => file.Add(ContestReport.Rows(rows, null)));
            file.Add($"\n{ContestReport.Means(outcomes)}");
            options.Save(parse, file);
        });
        return command;
    }

    public static Command Changes(string[] arguments)
    {
        var command = new Command("ablation", "Our defaults with one ingredient changed at a time, as in docs/ablation.md");
        var options = new RunOptions();
        options.AddTo(command, tables: true);
        command.SetAction(parse =>
        {
            var file = new ResultFile("What each ingredient of the defaults brings", Ablation.Says, arguments);
            Table[] tables = [.. options.Tables(parse)];
            Ablation.Run([.. tables.Select(TableProblems.Of)], options.Folds(parse), file.Add);
            options.Save(parse, file);
        });
        return command;
    }

    private static List<Outcome> Measure(RunOptions options, ParseResult parse, Contestant[] trainers, Action<IReadOnlyList<Outcome>>? done = null)
    {
        var all = new List<Outcome>();
        foreach (Table table in options.Tables(parse))
        {
            (IReadOnlyList<Outcome> outcomes, _) = Contest.Run(TableProblems.Of(table), trainers, Console.Error, options.Folds(parse));
            done?.Invoke(outcomes);
            all.AddRange(outcomes);
        }

        return all;
    }
}
