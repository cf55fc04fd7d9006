using MlNetShallowNet.Samples.Tables;

namespace MlNetShallowNet.Samples.Output;

/// <summary>Words that a spreadsheet takes for formulas. They are written as they are, for files are compared with others, and that is said.</summary>
internal static class FormulaText
{
    /// <summary>Whether a word begins as a formula does and is no number.</summary>
    public static bool Is(ReadOnlySpan<char> word) => word switch
    {
        ['=' or '@', _, ..] => true,
        ['+' or '-', _, ..] => !NumberText.TryParse(word, out _) && !FormattedNumber.TryParse(word, hasDecimalComma: false, out _, out _)
            && !FormattedNumber.TryParse(word, hasDecimalComma: true, out _, out _),
        _ => false,
    };

    /// <summary>The sentence.</summary>
    /// <param name="what">What is written, as in "The label '=x'".</param>
    public static string Note(string what) =>
        $"{what} is written as the table has it; a spreadsheet may take it for a formula, so import the column as text.";
}
