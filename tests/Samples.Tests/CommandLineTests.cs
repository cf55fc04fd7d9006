namespace MlNetShallowNet.SamplesTests;

public sealed class CommandLineTests : Shallownet
{
    [Theory]
    [InlineData("train", "--data")]
    [InlineData("train --data t.csv --unknown", "--unknown")]
    [InlineData("train --data t.csv --hidden 0", "--hidden must be a whole number of at least 1, not 0")]
    [InlineData("train --data t.csv --hidden many", "many")]
    [InlineData("train --data t.csv --activation swishy", "--activation must be one of tanh")]
    [InlineData("train --data t.csv --solver magic", "gradient-descent")]
    [InlineData("train --data t.csv --scaling some", "standardize, none")]
    [InlineData("train --data t.csv --test-fraction 1", "--test-fraction must be from 0 to below 1")]
    [InlineData("train --data t.csv --learning-rate -1", "--learning-rate must be above 0")]
    [InlineData("train --data t.csv --learning-rate 0,01", "--learning-rate must be above 0, not 0,01; decimals stand behind a point")]
    [InlineData("train --data t.csv --hidden 1,000", "--hidden must be a whole number of at least 1, not 1,000.")]
    [InlineData("train --data t.csv --hidden 1e3", "--hidden must be a whole number of at least 1, not 1e3")]
    [InlineData("train --data t.csv --hidden 2.5", "--hidden must be a whole number of at least 1, not 2.5.")]
    [InlineData("train --data t.csv --separator nonsense", "nonsense")]
    [InlineData("train --data t.csv --preset slow", "default, fast, best")]
    [InlineData("train --data t.csv --set Members", "give a whole number. Write it as Members=VALUE")]
    [InlineData("train --data t.csv --set Members=many", "'many' is no value for Members")]
    [InlineData("train --data t.csv --set Nothing=1", "no option 'Nothing'")]
    [InlineData("train --data t.csv --set Progress=1", "Progress can't be given as text")]
    [InlineData("train --data t.csv --set Solver=7", "AdamW")]
    [InlineData("cross-validate --data t.csv --folds 1", "--folds must be a whole number from 2")]
    [InlineData("cross-validate --data t.csv --folds 3 --fold-column f", "exclude each other")]
    [InlineData("compare --data t.csv --folds 1", "--folds must be a whole number from 2")]
    [InlineData("predict --data t.csv", "--model")]
    [InlineData("example nothing", "There is no example nothing")]
    [InlineData("generate flower --points 5", "even number")]
    [InlineData("unknown-command", "unknown-command")]
    public void MisuseEndsWithTwo(string arguments, string word) => RunLine(arguments).IsMisused(word);

    [Fact]
    public void EmptyNamesAreMisuse()
    {
        Run("train", "--data", "").IsMisused("--data is empty");
        Run("train", "--data", "t.csv", "--model", " ").IsMisused("--model is empty");
    }

    [Fact]
    public void ACommandLineLeavesNothingInMemory()
    {
        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference Created() => new(Samples.Commands.ProgramCommand.Create());
        WeakReference command = Created();
        GC.Collect();
        Assert.False(command.IsAlive);
    }

    [Fact]
    public void TheSameSeedGivesTheSameNetwork()
    {
        Write("t.csv", EasyTable);
        foreach ((string seed, string threads) in (ReadOnlySpan<(string, string)>)[("3", "1"), ("3", "2"), ("4", "1")])
            RunLine($"train --data t.csv --epochs 3 --seed {seed} --threads {threads} --network n{seed}-{threads}.json").Succeeds();
        Assert.Equal(File.ReadAllText(PathOf("n3-1.json")), File.ReadAllText(PathOf("n3-2.json")));
        Assert.NotEqual(File.ReadAllText(PathOf("n3-1.json")), File.ReadAllText(PathOf("n4-1.json")));
    }

    [Fact]
    public void EveryOptionOfTheNetworkIsTaken()
    {
        Write("t.csv", EasyTable);
        Run run = RunLine(
            "train --data t.csv --hidden 7 --activation gelu --initialization xavier --solver sgd --momentum 0.5 --epochs 5 " +
            "--learning-rate 1e-2 --batch 8 --l2 0.1 --scaling none --validation-fraction 0.2 --seed 9 --threads 1 " +
            "--test-fraction 0.3 --network n.json");
        run.Succeeds().Says("2 inputs, 7 hidden units (gelu)");
        run.Says("5 epochs");
        run.Says("validation");
        Run next = RunLine("train --data t.csv --initial n.json --epochs 1 --model m.zip").Succeeds();
        next.Says("7 hidden units (gelu)");
    }

    [Fact]
    public void AnyOptionOfTheTrainerCanBeSet()
    {
        Write("t.csv", EasyTable);
        RunLine("train --data t.csv --preset fast --history h.csv").Succeeds().Says("2 inputs, 64 hidden units (relu)");
        string[] lines = File.ReadAllLines(PathOf("h.csv"));
        Assert.Equal("Epoch,TrainingLoss,ValidationLoss", lines[0]);
        Assert.InRange(lines.Length, 2, 11);

        Run run = RunLine("train --data t.csv --preset fast --set Members=3 --set hiddenunits=15 --set Activation=tanh --set Solver=adam-w --history h.csv").Succeeds();
        run.Says("2 inputs, 15 hidden units (tanh)");
        run.Says("too few rows with the label");
        RunLine("train --data t.csv --set Beta1=2").FailsWith("Beta1 must be 0 or more and below 1");
        RunLine("train --data t.csv --history n.json --network n.json").FailsWith("--network and --history both say n.json");
    }

    [Fact]
    public void AnOptionWithoutEffectIsSaidOnceOnStandardError()
    {
        Write("t.csv", EasyTable);
        string[] command = ["cross-validate", "--data", "t.csv", "--folds", "2", "--preset", "fast", "--momentum", "0.5"];
        Run run = Run(command);
        Assert.Equal((0, "Momentum has no effect: the solver is Adam, not Sgd."), (run.ExitCode, run.Error.Trim()));
        Run([.. command, "--quiet"]).Succeeds();
        // A weight of 0 is nothing to warn of.
        Write("w.csv", "w," + EasyTable.Split('\n')[0] + "\n" + string.Concat(EasyTable.TrimEnd().Split('\n').Skip(1).Select((row, i) => $"{i % 3},{row}\n")));
        Run("train", "--data", "w.csv", "--weight-column", "w", "--preset", "fast").Succeeds();
    }

    [Fact]
    public void ATimeBudgetEndsTraining()
    {
        Write("t.csv", EasyTable);
        Run run = RunLine("train --data t.csv --hidden 4 --epochs 2000000000 --set TimeBudgetSeconds=1");
        if (run.ExitCode == 0)
            run.Succeeds().Says("has used up its time budget; the best network so far is kept");
        else
            run.FailsWith("The time budget of 1 s was used up before the first epoch"); // on a machine that hardly comes to it
    }

    [Fact]
    public void CtrlCStopsTrainingAndKeepsTheNetwork()
    {
        if (OperatingSystem.IsWindows())
            return;
        Write("t.csv", EasyTable);
        // A single network has no early end.
        System.Diagnostics.Process process = Start("train", "--data", "t.csv", "--hidden", "8", "--epochs", "2000000000", "--model", "m.zip", "--verbose",
            "--checkpoint", "c", "--set", "CheckpointSeconds=1000000");
        string line;
        do
        {
            line = process.StandardError.ReadLine() ?? throw new InvalidOperationException("The program ended before it trained.");
        }
        while (!line.StartsWith("Training: epoch", StringComparison.Ordinal));
        Signal(process, "INT");
        Run run = Wait(process);
        Assert.True(run.ExitCode == 0, run.Error);
        run.Says("stopped by Ctrl+C");
        run.Says("bit for bit");
        run.Says("c: not written yet when training was stopped; the same command begins again.");
        Assert.True(File.Exists(PathOf("m.zip")));
    }
}
