using System.Globalization;
using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Output;

/// <summary>How a table was read, for the user.</summary>
internal static class DataDisplay
{
    public static void Show(TableProfile profile)
    {
        Terminal.Heading($"Data: {profile.Table.Path}");
        int numeric = profile.Columns.Count(c => c.Kind == ColumnKind.Numeric);
        ColumnProfile[] categorical = [.. profile.Columns.Where(c => c.Kind == ColumnKind.Categorical)];
        int levels = categorical.Sum(c => c.Levels);
        string words = categorical.Length == 0 ? "" : $", {categorical.Length} categorical ({Terminal.Count(levels, "value")}, one input each)";
        int texts = profile.Columns.Count(c => c.Kind == ColumnKind.FreeText);
        string rows = Terminal.Count(profile.LabelByRow.Length, "row");
        string columns = Terminal.Count(numeric, "numeric column") + words + (texts == 0 ? "" : $", {texts} of free text");
        string separator = profile.Table.IsText ? $"; separator: {Separator.Name(profile.Table.Separator)}" : "";
        Terminal.Line($"{rows}, {columns}{separator}.");
        int positive = profile.LabelByRow.Count(label => label == true);
        double share = 100.0 * positive / profile.LabelByRow.Count(label => label is not null);
        LabelValues labels = profile.Labels;
        string count = string.Create(CultureInfo.InvariantCulture, $"{Terminal.Count(positive, "row")} ({share:0.0} %)");
        Terminal.Line($"Label {Shown.Text(profile.LabelName)}: positive {Shown.Text(labels.Positive)} in {count}, negative {Shown.Text(labels.Negative)}.");
        foreach (string note in DataNotes.About(profile))
            Terminal.Line(note);
    }
}
