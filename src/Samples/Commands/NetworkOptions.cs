using System.CommandLine;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Commands;

/// <summary>The options that say what network to train, and how. What isn't given is left to the trainer.</summary>
internal sealed class NetworkOptions
{
    private readonly Option<Preset?> _preset = OptionTexts.OneOf<Preset>("--preset", "A set of options to start from", usual: "default");
    private readonly Option<int?> _hidden = AtLeastOne("--hidden", "Hidden units [default: by the rows and the solver]");
    private readonly Option<IActivation?> _activation = OptionTexts.OneOf(
        "--activation", "Activation of the hidden units", Activation.BuiltIn.ToDictionary(activation => activation.Name), usual: "by the rows and the solver");

    private readonly Option<WeightInitialization?> _initialization = OptionTexts.OneOf<WeightInitialization>(
        "--initialization", "How weights start", usual: "auto");
    private readonly Option<Solver?> _solver = OptionTexts.OneOf<Solver>("--solver", "Solver", usual: "adam");
    private readonly Option<int?> _epochs = AtLeastOne("--epochs", "Passes over the rows; steps of gradient-descent [default: by the rows and the solver]");
    private readonly Option<double?> _learningRate = Number("--learning-rate", "Learning rate [default: by the solver]", rate => rate > 0, "above 0");
    private readonly Option<double?> _momentum = Number(
        "--momentum", $"Momentum of sgd [default: {new ShallowNetworkTrainer.Options().Momentum}]", momentum => momentum is >= 0 and < 1, "from 0 to below 1");
    private readonly Option<int?> _batch = AtLeastOne("--batch", "Rows in a mini-batch [default: by the rows]");
    private readonly Option<double?> _l2 = Number(
        "--l2", "L2 penalty on the weights [default: the trainer's; 0 for gradient-descent]", l2 => l2 >= 0, "0 or more");
    private readonly Option<InputScaling?> _scaling = OptionTexts.OneOf<InputScaling>(
        "--scaling", "Scaling of the inputs, folded into the weights", usual: "standardize");
    private readonly Option<double?> _validationFraction = Number(
        "--validation-fraction", "Share of the training rows that choose the best epoch [default: by the rows and the solver]", share => share is >= 0 and < 1,
        "from 0 to below 1");

    private readonly Option<int?> _seed = OptionTexts.Number<int>(
        "--seed", "Seed of all random choices [default: 1]", _ => true, "a whole number");
    private readonly Option<int?> _threads = AtLeastOne("--threads", "Threads [default: all cores]");
    private readonly Option<int?> _memoryBudget = OptionTexts.Number<int>(
        "--memory-budget", "Megabytes that the rows may take; more rows than that are streamed [default: half of the memory]",
        megabytes => megabytes >= 16, "a whole number of at least 16");
    private readonly Option<string?> _initial = OptionTexts.Text(
        "--initial", "file", "Go on from the network in this JSON file");

    private readonly Option<OptionSetting[]> _set = new("--set")
    {
        Description = "Any option of the trainer (docs/options.md lists them), for example Members=16; may be given several times",
        HelpName = "option=value",
        CustomParser = result =>
        {
            var settings = new List<OptionSetting>();
            foreach (string given in result.Tokens.Select(token => token.Value))
            {
                try
                {
                    settings.Add(OptionSetting.Parse(given));
                }
                catch (FormatException e)
                {
                    result.AddError($"--set: {e.Message}");
                }
            }
            return [.. settings];
        },
    };

    public void AddTo(Command command)
    {
        command.AddGroup(
            "The network and its training (what is not given, the trainer decides)",
            _preset, _hidden, _activation, _initialization, _solver, _epochs, _learningRate, _momentum, _batch, _l2, _scaling, _validationFraction,
            _seed, _threads, _memoryBudget, _initial, _set);
    }

    /// <summary>The trainer's options, with what is not given at the trainer's own defaults.</summary>
    /// <exception cref="UserError">The network to go on from can't be read.</exception>
    public ShallowNetworkTrainer.Options Read(ParseResult parse)
    {
        ShallowNetworkTrainer.Options options = (parse.GetValue(_preset) ?? Preset.Default).Create();
        options.Seed = parse.GetValue(_seed) ?? 1;
        options.HiddenUnits = parse.GetValue(_hidden) ?? options.HiddenUnits;
        options.Activation = parse.GetValue(_activation);
        options.Initialization = parse.GetValue(_initialization) ?? options.Initialization;
        options.Solver = parse.GetValue(_solver) ?? options.Solver;
        options.NumberOfIterations = parse.GetValue(_epochs) ?? options.NumberOfIterations;
        options.LearningRate = parse.GetValue(_learningRate);
        options.Momentum = parse.GetValue(_momentum) ?? options.Momentum;
        options.BatchSize = parse.GetValue(_batch);
        // Plain gradient descent is the course's, which has no penalty unless asked for.
        options.L2Regularization = parse.GetValue(_l2) ?? (options.Solver == Solver.GradientDescent ? 0 : null);
        options.InputScaling = parse.GetValue(_scaling) ?? options.InputScaling;
        options.NumberOfThreads = parse.GetValue(_threads);
        options.MemoryBudgetMegabytes = parse.GetValue(_memoryBudget);
        options.ValidationFraction = parse.GetValue(_validationFraction) ?? options.ValidationFraction;
        options.InitialModel = parse.GetValue(_initial) is { } path ? ReadNetwork(path) : null;
        foreach (OptionSetting setting in parse.GetValue(_set) ?? [])
            setting.Apply(options);
        return options;
    }

    private static ShallowNetworkModelParameters ReadNetwork(string path)
    {
        if (Directory.Exists(path))
            throw new UserError($"{path} is a directory, not a network in JSON.");
        try
        {
            return NetworkJson.Load(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserError($"There is no file {path}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            bool namesFile = e.Message.Contains(path, StringComparison.Ordinal);
            throw new UserError(namesFile ? e.Message : $"{path} can't be read as a network: {e.Message}", e);
        }
    }

    private static Option<int?> AtLeastOne(string name, string description) =>
        OptionTexts.Number<int>(name, description, value => value >= 1, "a whole number of at least 1");

    private static Option<double?> Number(string name, string description, Func<double, bool> isAllowed, string limits) =>
        OptionTexts.Number(name, description, isAllowed, limits);
}
