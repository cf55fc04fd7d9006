using System.CommandLine;
using MlNetShallowNet.Quality.Measuring;
using MlNetShallowNet.Quality.Reports;
using MlNetShallowNet.Quality.Shapes;
using MlNetShallowNet.Quality.Tables;
using MlNetShallowNet.Quality.Trainers;

namespace MlNetShallowNet.Quality.Commands;

/// <summary><c>shapes</c>: generated tables whose best possible scores are known.</summary>
internal static class ShapesCommand
{
    public static Command Create(string[] arguments)
    {
        var names = new Argument<string[]>("shape")
        {
            Description = $"NAME or NAME:ROWS of {string.Join(", ", ShapeCatalog.All.Select(s => $"{s.Name}:{s.Rows}"))}, random-N and mixed-N (those that search draws); default: all",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("shapes", "Generated tables, beside ML.NET's own trainers and the best that is possible") { names };
        var options = new RunOptions();
        options.AddTo(command, shapes: true);
        command.SetAction(parse =>
        {
            string[] given = parse.GetValue(names) ?? [];
            (Shape Shape, int Rows)[] shapes = given.Length > 0 ? [.. given.Select(ShapeCatalog.Parse)] : [.. ShapeCatalog.All.Select(s => (s, s.Rows))];
            Contestant[] trainers = options.Trainers(parse, "ours,lightgbm,fasttree,lbfgs");
            var file = new ResultFile("Generated tables of many shapes", ContestReport.Says, arguments);
            file.Add(ContestReport.Header);
            foreach ((Shape shape, int rows) in shapes)
            {
                Problem problem = TableProblems.Of(shape, rows, options.Seed(parse), options.TestRows(parse));
                (IReadOnlyList<Outcome> outcomes, Metrics? best) = Contest.Run(problem, trainers, Console.Error);
                file.Add(ContestReport.Rows(outcomes, best));
            }

            options.Save(parse, file);
        });
        return command;
    }
}
