using System.Text.Json;
using BenchmarkDotNet.Running;
using MlNetShallowNet.Bench.Kernels;
using MlNetShallowNet.Bench.Machine;
using MlNetShallowNet.Bench.Training;

switch (args.FirstOrDefault())
{
    case "train":
        var names = new List<string>();
        int rounds = 3;
        string[] threads = ["1", "2"];
        string? results = null;
        for (int i = 1; i < args.Length; i++)
        {
            if (args[i] == "--rounds")
                rounds = int.Parse(args[++i]);
            else if (args[i] == "--threads")
                threads = args[++i].Split(',');
            else if (args[i] == "--results")
                results = args[++i];
            else
                names.Add(args[i]);
        }
        Comparison.Run([.. names], rounds, threads, results);
        break;
    case "train-one":
        Configuration configuration = Configuration.All.Single(c => c.Name == args[1]);
        TrainingTime time = OwnTraining.Run(configuration, args[2], int.Parse(args[3]), args[4], round: int.Parse(args[5]));
        Console.WriteLine(JsonSerializer.Serialize(time, TrainingTime.Json));
        break;
    case "peak":
        Console.WriteLine(MachineDescription.Measure());
        break;
    case "score":
        ScoringBesidePyTorch.Run(args.Length > 1 ? int.Parse(args[1]) : 3);
        break;
    case "predict":
        Prediction.Run();
        break;
    case "kernels":
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args.Length > 1 ? args[1..] : ["--filter", "*"]);
        break;
    default:
        Console.WriteLine("""
            train [configuration ...] [--rounds n] [--threads 1,2] [--results folder]
                                                                        trains beside scikit-learn and PyTorch, and prints the ratios
            score [rounds]                                              scores beside PyTorch
            predict                                                     PredictionEngine beside an in-box trainer's
            peak                                                        the machine's multiply-add limit
            kernels [BenchmarkDotNet options]                           kernels and scoring, one by one
            """);
        return 2;
}
return 0;
