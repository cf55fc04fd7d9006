using System.Text;
using Microsoft.ML;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.Samples.Output;

/// <summary>Writes predictions as CSV: the label as the training table spelt it, and numbers that read back as the very same.</summary>
internal static class PredictionWriter
{
    /// <summary>What is to be said about what was written.</summary>
    public static IEnumerable<string> Notes(LabelValues labels, Written written)
    {
        if (written.NotFinite > 0)
        {
            yield return $"{Terminal.Count(written.NotFinite, "row")} {(written.NotFinite == 1 ? "has" : "have")} a score that is no finite number, the first is row " +
                $"{written.FirstNotFinite}: a number there is too large for single precision.";
        }
        foreach (string label in (string[])[labels.Negative, labels.Positive])
        {
            if (FormulaText.Is(label))
                yield return FormulaText.Note($"The label {Shown.Text(label)}");
        }
        if (written.Formulas is { Count: > 0 } formulas)
        {
            string place = formulas.Row > 0 ? $"row {formulas.Row}" : "the header", others = formulas.Count > 1 ? $" and {formulas.Count - 1} more" : "";
            yield return FormulaText.Note($"What is kept of the table ({Shown.Text(formulas.First)} in {place}{others})");
        }
    }

    /// <summary>Writes a header and a line for each row.</summary>
    /// <param name="scored">The rows, with the column of <paramref name="contributions"/> if that is given.</param>
    /// <param name="source">The table that they are of, all of its rows.</param>
    /// <param name="kept">The table's columns that come first on each line, as they stand in the table.</param>
    /// <param name="stream">Where the text goes.</param>
    /// <param name="contributions">What adds to each score, if that is to be told: the average row's score, and each column's part.</param>
    public static Written Write(IDataView scored, TableView source, IReadOnlyList<int> kept, Stream stream, Contributions? contributions = null)
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        DataViewSchema.Column[] columns = [scored.Schema["PredictedLabel"], scored.Schema["Score"], scored.Schema["Probability"]];
        using DataViewRowCursor cursor = scored.GetRowCursor(contributions is null ? columns : [.. columns, Contributions.ColumnOf(scored)]);
        ValueGetter<bool> predictedLabel = cursor.GetGetter<bool>(columns[0]);
        ValueGetter<float> score = cursor.GetGetter<float>(columns[1]);
        ValueGetter<float> probability = cursor.GetGetter<float>(columns[2]);
        string negative = CsvText.Field(source.Labels.Negative), positive = CsvText.Field(source.Labels.Positive);
        using TableRows? original = kept.Count > 0 ? source.Table.OpenRows() : null;

        Func<float, double[]>? partsOf = contributions?.Reader(cursor);

        long rows = 0, notFinite = 0, first = 0;
        Formulas formulas = default;
        foreach (int column in kept)
            writer.Write(Kept(TableProfile.SafeName(source.Table.Names[column], source.Table)));
        writer.Write("PredictedLabel,Score,Probability");
        if (contributions is not null)
        {
            writer.Write(",BaselineScore");
            writer.Write(string.Concat(contributions.Columns.Select(c => "," + CsvText.Field($"Contribution.{c.Name}"))));
        }
        writer.WriteLine();
        while (cursor.MoveNext())
        {
            rows++;
            if (original?.Read() == true)
                writer.Write(string.Concat(kept.Select(column => Kept(original[column].ToString()))));
            bool label = false;
            float s = 0, p = 0;
            predictedLabel(ref label);
            score(ref s);
            probability(ref p);
            if (!float.IsFinite(s) && ++notFinite == 1)
                first = rows;
            writer.Write($"{(label ? positive : negative)},{NumberText.Format(s)},{NumberText.Format(p)}");
            if (partsOf is not null)
            {
                writer.Write($",{NumberText.Format(contributions!.BaselineScore)}");
                foreach (double part in partsOf(s))
                    writer.Write($",{NumberText.Format(part)}");
            }
            writer.WriteLine();
        }
        return new Written(rows, notFinite, first, formulas);

        string Kept(string text)
        {
            if (FormulaText.Is(text))
                formulas = formulas.Count == 0 ? new Formulas(1, rows, text) : formulas with { Count = formulas.Count + 1 };
            return CsvText.Field(text) + ",";
        }
    }

    /// <param name="Rows">How many rows.</param>
    /// <param name="NotFinite">How many of them have no finite score.</param>
    /// <param name="FirstNotFinite">The first of these, from 1.</param>
    /// <param name="Formulas">What is kept of the table and may be taken for formulas.</param>
    internal readonly record struct Written(long Rows, long NotFinite, long FirstNotFinite, Formulas Formulas);

    /// <param name="Count">How many cells and names.</param>
    /// <param name="Row">The row of the first, from 1; 0 for the header.</param>
    /// <param name="First">The first.</param>
    internal readonly record struct Formulas(long Count, long Row, string First);
}
