using System.Globalization;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Training;

/// <summary>A table's labelled rows in folds: drawn at random, yes and no in equal proportions, or as a column of the table says.</summary>
/// <param name="ByRow">Each row's fold, from 0; -1 for a row without a label.</param>
/// <param name="Names">The folds' names.</param>
internal sealed record Folds(int[] ByRow, string[] Names)
{
    private const int Most = 1000;

    public int Count => Names.Length;

    /// <summary>The folds of a table.</summary>
    /// <param name="profile">The table.</param>
    /// <param name="settings">How it is read; the fold column, if it has one.</param>
    /// <param name="count">How many are drawn where it has none.</param>
    /// <param name="seed">The seed that they are drawn with.</param>
    /// <exception cref="UserError">A fold can't be trained without, or evaluated on.</exception>
    public static Folds Of(TableProfile profile, TableSettings settings, int count, int seed)
    {
        if (profile.FoldByRow is not { } given)
            return new Folds(RowPartition.Folds(profile.LabelByRow, count, seed), [.. Enumerable.Range(1, count).Select(i => $"{i}")]);

        string[] names = [.. given.Distinct()];
        if (names.Length is < 2 or > Most)
            throw new UserError($"The fold column '{settings.Fold}' of {settings.Path} holds {names.Length} different values, not 2 to {Most}.");
        names = names.All(name => NumberText.TryParse(name, out _))
            ? [.. names.OrderBy(name => double.Parse(name, CultureInfo.InvariantCulture))]
            : [.. names.Order(StringComparer.Ordinal)];
        int[] byRow = [.. given.Select((name, row) => profile.LabelByRow[row] is null ? -1 : Array.IndexOf(names, name))];
        for (int fold = 0; fold < names.Length; fold++)
        {
            foreach (bool label in (bool[])[false, true])
            {
                int inFold = byRow.Where((f, row) => f == fold && profile.LabelByRow[row] == label).Count();
                if (inFold == 0 || inFold == profile.Count(label))
                {
                    string problem = inFold == 0 ? "no row" : "all rows";
                    throw new UserError(
                        $"Fold '{names[fold]}' has {problem} with the label {Shown.Text(profile.Labels.Of(label))}, so it can't be evaluated on.");
                }
            }
        }
        return new Folds(byRow, names);
    }

    /// <summary>The rows to train on where one fold is held out, and the rows of that fold.</summary>
    public (TableView Training, TableView Testing) Split(TableProfile profile, int held) =>
        (TableView.ForTraining(profile, row => ByRow[row] != held), TableView.ForTraining(profile, row => ByRow[row] == held));
}
