using System.CommandLine;
using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Commands.Explain;

/// <summary>The options by which all explanations are told their network and examples.</summary>
internal sealed class SubjectOptions
{
    private const int DefaultHiddenUnits = 4;

    private readonly TableOptions _table = new();
    private readonly Option<string?> _network = new("--network", "--initial")
    {
        Description = "The network, as JSON [default: a fresh one, drawn by --hidden, --activation and --seed]",
        HelpName = "file",
    };

    private readonly Option<string?> _model = new("--model")
    {
        Description = "The network of a model that train saved (.zip), on the inputs that it sees",
        HelpName = "file",
    };

    private readonly Option<int?> _hidden = AtLeastOne("--hidden", $"Hidden units of a fresh network [default: {DefaultHiddenUnits}]");
    private readonly Option<IActivation?> _activation = OptionTexts.OneOf(
        "--activation", "Activation of a fresh network", Activation.BuiltIn.ToDictionary(activation => activation.Name), usual: "tanh");

    private readonly Option<int?> _seed = OptionTexts.Number<int>(
        "--seed", "Where the random numbers of a fresh network start [default: 1]", _ => true, "a whole number");

    private readonly Option<InputScaling?> _scaling = OptionTexts.OneOf<InputScaling>(
        "--scaling", "Scaling of the inputs", usual: "standardize for a fresh network, none for a given one");

    private readonly Option<int?> _row = AtLeastOne("--row", "Only this row of the data, counted from 1");
    private readonly Option<int?> _examples = AtLeastOne("--examples", "Only so many rows, spread evenly over the file");

    /// <param name="command">The command.</param>
    /// <param name="isTableRequired">Whether it needs a table.</param>
    public SubjectOptions(Command command, bool isTableRequired = true)
    {
        _table.AddTo(command, isTableRequired);
        command.AddGroup("The network", _network, _model, _hidden, _activation, _seed, _scaling);
        command.AddGroup("The rows that are looked at", _row, _examples);
    }

    /// <summary>Finds out, before the work, whether a file of results can be written, and over none of what is read.</summary>
    /// <exception cref="UserError">It can't.</exception>
    public void CheckOutput(ParseResult result, string? path) =>
        OutputFile.Check([("--output", path)], _table.Source(result), result.GetValue(_network), result.GetValue(_model));

    /// <summary>Reads what is asked for.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="notes">What the reader should know, in sentences.</param>
    /// <param name="mostExamples">With neither --row nor --examples, take about so many; given the network.</param>
    /// <exception cref="UserError">Something given does not fit.</exception>
    public Subject Read(ParseResult result, out IReadOnlyList<string> notes, Func<NetworkParameters, int>? mostExamples = null)
    {
        CheckTogether(result);
        if (result.GetValue(_model) is { } model)
        {
            var remarks = new List<string>();
            notes = remarks;
            return Chosen(ModelSubject.Read(model, _table.Read(result)), result, remarks, mostExamples);
        }

        using TableProfile profile = TableProfile.Read(_table.Read(result) with { OneLabelSuffices = true });
        ExampleReader examples = ExampleReader.Read(profile);
        var said = new List<string>(DataNotes.About(profile));
        notes = said;

        string? path = result.GetValue(_network);
        InputScaling? scaling = result.GetValue(_scaling);
        if (path is not null)
            return Chosen(Given(path, examples, profile.Table.Path, scaling, said), result, said, mostExamples);
        NetworkParameters fresh = Fresh(result, examples.X.RowCount, said);
        return Chosen(new Subject(fresh, Scaled(examples.X, scaling ?? InputScaling.Standardize, said), examples.Y, examples.FeatureNames,
            examples.Rows, examples.Weights), result, said, mostExamples);
    }

    private void CheckTogether(ParseResult result)
    {
        bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
        Option[] ofFresh = [_hidden, _activation, _seed];
        foreach ((Option option, string why, Option[] others) in ((Option, string, Option[])[])
        [
            (_model, "brings its network and inputs with it", [_network, _scaling, .. ofFresh, .. _table.OfTraining]),
            (_network, "gives a network that is not fresh", ofFresh),
            (_row, "takes a single row", [_examples]),
        ])
        {
            string[] unused = [.. others.Where(IsGiven).Select(other => other.Name)];
            if (IsGiven(option) && unused.Length > 0)
                throw new UserError($"{option.Name} {why}: leave out {string.Join(" and ", unused)}.");
        }
    }

    private NetworkParameters Fresh(ParseResult result, int featureCount, List<string> notes)
    {
        IActivation activation = result.GetValue(_activation) ?? Activation.Tanh;
        int seed = result.GetValue(_seed) ?? 1;
        notes.Add($"The network is fresh: random weights from seed {seed}, not trained.");
        return NetworkInitializer.Draw(featureCount, result.GetValue(_hidden) ?? DefaultHiddenUnits, activation,
            WeightInitialization.Auto, seed);
    }

    private static Subject Given(string path, ExampleReader examples, string table, InputScaling? scaling, List<string> notes)
    {
        ShallowNetworkModelParameters model;
        try
        {
            model = NetworkJson.Load(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserError($"There is no file {path}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UserError(e.Message, e);
        }

        if (model.FeatureCount != examples.X.RowCount)
        {
            throw new UserError(
                $"{path} has a network of {model.FeatureCount} inputs, but {table} gives {examples.X.RowCount}: " +
                $"{string.Join(", ", examples.FeatureNames.Take(12))}" +
                $"{(examples.FeatureNames.Count > 12 ? ", ..." : "")}.");
        }

        NetworkParameters network = model.ToNetworkParameters(); // with all the digits that stand in the file
        if (model.Encoding is null)
        {
            return new Subject(network, Scaled(examples.X, scaling ?? InputScaling.None, notes), examples.Y, examples.FeatureNames,
                examples.Rows, examples.Weights);
        }

        if (scaling is not null)
            throw new UserError($"{path} encodes its inputs by itself: leave out --scaling.");
        notes.Add($"The network sees each of its {model.FeatureCount} inputs as ramps between knots: {network.FeatureCount} columns.");
        return new Subject(
            network,
            Matrix<double>.Build.DenseOfColumnVectors(examples.X.EnumerateColumns().Select(x =>
                Vector<double>.Build.Dense(model.Columns([.. x.Select(v => (float)v)])))),
            examples.Y, ModelSubject.ColumnNames(model, examples.FeatureNames), examples.Rows, examples.Weights);
    }

    private static Matrix<double> Scaled(Matrix<double> X, InputScaling scaling, List<string> notes)
    {
        if (scaling == InputScaling.None)
            return X;
        notes.Add("Inputs are standardised: mean 0, variance 1.");
        return Standardized(X);
    }

    private Subject Chosen(Subject all, ParseResult result, List<string> notes, Func<NetworkParameters, int>? mostExamples)
    {
        int m = all.X.ColumnCount;
        if (result.GetValue(_row) is int row)
        {
            int at = all.Rows.ToList().IndexOf(row);
            return at >= 0 ? all.Only(at) : throw new UserError($"There is no row {row} with a label; the data have {m} such rows.");
        }

        int most = mostExamples?.Invoke(all.Network) ?? m;
        int wanted = result.GetValue(_examples) ?? Math.Max(1, most);
        if (wanted >= m)
            return all;
        int[] chosen = [.. Enumerable.Range(0, wanted).Select(k => (int)((long)k * m / wanted))];
        notes.Add($"{wanted} of {m} examples are looked at, spread evenly over the file (--examples takes more or fewer).");
        return all with
        {
            X = Matrix<double>.Build.Dense(all.X.RowCount, wanted, (d, i) => all.X[d, chosen[i]]),
            Y = Matrix<double>.Build.Dense(1, wanted, (_, i) => all.Y[0, chosen[i]]),
            Rows = [.. chosen.Select(i => all.Rows[i])],
            Weights = all.Weights is null ? null : Vector<double>.Build.Dense(wanted, i => all.Weights[chosen[i]]),
        };
    }

    // A constant input becomes 0, as in training.
    private static Matrix<double> Standardized(Matrix<double> X)
    {
        Matrix<double> scaled = X.Clone();
        for (int d = 0; d < X.RowCount; d++)
        {
            double mean = X.Row(d).Sum() / X.ColumnCount;
            Vector<double> centred = X.Row(d) - mean;
            double deviation = Math.Sqrt(centred * centred / X.ColumnCount);
            scaled.SetRow(d, deviation > 1e-12 * Math.Abs(mean) ? centred / deviation : centred * 0);
        }

        return scaled;
    }

    private static Option<int?> AtLeastOne(string name, string description) =>
        OptionTexts.Number<int>(name, description, value => value >= 1, "a whole number of 1 or more");
}
