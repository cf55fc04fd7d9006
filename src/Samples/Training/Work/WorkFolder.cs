using System.Globalization;
using Microsoft.ML;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Training;

/// <summary>
/// A folder that processes share which train one network: the plan that all go by, and the members that are trained. They need nothing else
/// of one another, so any scheduler can start them.
/// </summary>
/// <param name="path">The folder.</param>
internal sealed class WorkFolder(string path)
{
    private const string PlanName = "plan.rsp";

    /// <summary>The arguments of the plan: the table, the network and its training.</summary>
    /// <exception cref="UserError">There is no plan.</exception>
    public IReadOnlyList<string> Arguments() => File.Exists(PlanPath)
        ? [.. File.ReadLines(PlanPath).Skip(1)] // the remark
        : throw new UserError($"{path} has no plan; make one with shallownet plan --data FILE --work {path}.");

    /// <summary>Keeps the arguments of a plan, and reads the table once to tell how many members there are.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="table">The table that they name.</param>
    /// <param name="options">The network and its training.</param>
    /// <exception cref="UserError">An argument has a line break, the table can't be trained on, or the folder can't be written.</exception>
    public void Plan(IReadOnlyList<string> arguments, TableSettings table, ShallowNetworkTrainer.Options options)
    {
        if (table.Path == TableBytes.StandardInput)
            throw new UserError("Every process reads the table by itself, which standard input does not allow; give a file with --data.");
        if (arguments.FirstOrDefault(a => a.AsSpan().ContainsAny('\n', '\r')) is { } broken)
            throw new UserError($"The argument {Shown.Text(broken)} has a line break, which a plan can't hold.");
        Make();
        (int members, long rows) = With(table, options, training => (training.Members, training.Rows));
        OutputFile.Write(PlanPath, string.Concat(arguments.Prepend("# What shallownet train-member and join go by: an argument a line.").Select(line => line + "\n")));
        string each = members == 1 ? "0" : $"0 to {(members - 1).ToString(CultureInfo.InvariantCulture)}";
        Terminal.Line($"{PlanPath}: {Terminal.Count(members, "member")} on {Terminal.Count(rows, "row")}.");
        Terminal.Line($"Train each, anywhere that sees these files: shallownet train-member --work {path} --member K, where K is {each}.");
        Terminal.Line($"Then join them: shallownet join --work {path} --model MODEL.zip");
        if (Missing(members).Length < members)
            Terminal.Line($"{path} has trained members already: join refuses those of another plan, which train-member trains anew.");
    }

    /// <summary>Trains a member, anew if it is there already.</summary>
    /// <param name="member">Which, counted from 0.</param>
    /// <param name="table">The table.</param>
    /// <param name="options">The network and its training.</param>
    public void Train(int member, TableSettings table, ShallowNetworkTrainer.Options options)
    {
        string file = PartsTraining.PathOf(path, member);
        OutputFile.Check([("--work", file)], table.Source);
        byte[] trained = With(table, options, training => member < training.Members
            ? training.Train(member, StopRequest.Token)
            : throw new UserError($"There is no member {member}: the plan has {Terminal.Count(training.Members, "member")}, counted from 0."));
        OutputFile.Write(file, stream => stream.Write(trained));
        Terminal.Line($"{file}: member {member}, trained.");
    }

    /// <summary>Joins the members that are there; without <paramref name="needsAll"/>, trains those that are not, going on from where an earlier run was.</summary>
    public ShallowNetworkTransformer Fit(ShallowNetworkTrainer trainer, IDataView rows, string name, bool needsAll)
    {
        Make();
        RowPart[] parts = [RowPart.Of(rows, name)];
        if (!needsAll)
            return trainer.FitParts(parts, path);
        using PartsTraining training = trainer.ReadParts(parts);
        CheckMembers(training.Members);
        return training.Join([.. Enumerable.Range(0, training.Members).Select(k => File.ReadAllBytes(PartsTraining.PathOf(path, k)))]);
    }

    private void CheckMembers(int members)
    {
        int[] missing = Missing(members);
        if (missing.Length > 0)
        {
            string which = string.Join(", ", missing);
            throw new UserError($"{path} lacks {Terminal.Count(missing.Length, "member")} of {members} ({which}); train with shallownet train-member --work {path} --member {missing[0]}.");
        }
    }

    private int[] Missing(int members) => [.. Enumerable.Range(0, members).Where(k => !File.Exists(PartsTraining.PathOf(path, k)))];

    private string PlanPath => Path.Combine(path, PlanName);

    /// <summary>Makes the folder where there is none.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="UserError">It can't be made.</exception>
    public string Make()
    {
        try
        {
            Directory.CreateDirectory(path);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"--work {path} can't be made a folder: {e.Message}", e);
        }
    }

    private static T With<T>(TableSettings settings, ShallowNetworkTrainer.Options options, Func<PartsTraining, T> use)
    {
        using TableProfile profile = TableProfile.Read(settings with { MemoryBudgetMegabytes = options.MemoryBudgetMegabytes });
        MLContext ml = TrainerLog.CreateContext(options.Seed ?? 1);
        return NetworkTraining.WithParts(ml, profile, TableView.ForTraining(profile), options, use, StopRequest.Token);
    }
}
