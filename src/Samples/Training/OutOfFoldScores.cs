using System.Text;
using Microsoft.ML;
using MlNetShallowNet.Samples.Output;
using MlNetShallowNet.Samples.Report.Statistics;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Training;

/// <summary>Each labelled row's prediction by the network that hadn't seen it.</summary>
internal sealed class OutOfFoldScores(TableProfile profile, Folds folds)
{
    private readonly float[] _scores = new float[folds.ByRow.Length];
    private readonly float[] _probabilities = new float[folds.ByRow.Length];

    /// <summary>Takes the scores of a fold's rows, which come in the file's order.</summary>
    public void Add(int fold, IDataView scored)
    {
        DataViewSchema.Column[] columns = [scored.Schema["Score"], scored.Schema["Probability"]];
        using DataViewRowCursor cursor = scored.GetRowCursor(columns);
        ValueGetter<float> score = cursor.GetGetter<float>(columns[0]);
        ValueGetter<float> probability = cursor.GetGetter<float>(columns[1]);
        for (int row = 0; row < folds.ByRow.Length; row++)
        {
            if (folds.ByRow[row] != fold)
                continue;
            if (!cursor.MoveNext())
                throw new UserError($"{profile.Table.Path} became shorter while it was read.");
            score(ref _scores[row]);
            probability(ref _probabilities[row]);
        }
    }

    /// <summary>The labelled rows with their scores, of all folds or of one.</summary>
    public ScoredRows Rows(int? fold = null)
    {
        int[] rows = [.. Enumerable.Range(0, folds.ByRow.Length).Where(row =>
            profile.LabelByRow[row] is not null && (fold is null || folds.ByRow[row] == fold))];
        return new ScoredRows([.. rows.Select(row => profile.LabelByRow[row] == true)], [.. rows.Select(row => (double)_scores[row])],
            [.. rows.Select(row => (double)_probabilities[row])]);
    }

    /// <summary>Writes the predictions as CSV; rows are counted from 1, rows without a label are left out.</summary>
    public void Write(Stream stream)
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("Row,Fold,Label,Score,Probability");
        for (int row = 0; row < folds.ByRow.Length; row++)
        {
            if (profile.LabelByRow[row] is not { } label)
                continue;
            writer.WriteLine(
                $"{row + 1},{CsvText.Field(folds.Names[folds.ByRow[row]])},{CsvText.Field(profile.Labels.Of(label))}," +
                $"{NumberText.Format(_scores[row])},{NumberText.Format(_probabilities[row])}");
        }
    }
}
