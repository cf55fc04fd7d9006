using System.Globalization;
using System.Text;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>What stands in a table, as it is shown in messages: in quotes, not too long, and with letters that can't be seen made visible.</summary>
internal static class Shown
{
    private const int Longest = 60;

    /// <summary>The text in quotes; of a long one its beginning and its length.</summary>
    public static string Text(ReadOnlySpan<char> text)
    {
        bool isLong = text.Length > Longest;
        string shown = Visible(isLong ? text[..Longest] : text);
        return isLong ? $"'{shown}...' ({text.Length} characters)" : $"'{shown}'";
    }

    /// <summary>The text without quotes, for lists and tables; of a long one its beginning.</summary>
    public static string Short(ReadOnlySpan<char> text) => text.Length > Longest ? $"{Visible(text[..Longest])}..." : Visible(text);

    /// <summary>The text with control characters, invisible ones and unusual spaces written as their code.</summary>
    public static string Visible(ReadOnlySpan<char> text)
    {
        StringBuilder? visible = null;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            UnicodeCategory category = char.GetUnicodeCategory(c);
            bool isHidden = category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                || (category == UnicodeCategory.SpaceSeparator && c != ' ')
                || (category == UnicodeCategory.Surrogate && !IsPaired(text, i));
            if (isHidden)
                visible ??= new StringBuilder().Append(text[..i]);
            if (isHidden)
                visible!.Append(CultureInfo.InvariantCulture, $"<U+{(int)c:X4}>");
            else
                visible?.Append(c);
        }
        return visible?.ToString() ?? text.ToString();
    }

    private static bool IsPaired(ReadOnlySpan<char> text, int i) => char.IsHighSurrogate(text[i])
        ? i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
        : i > 0 && char.IsHighSurrogate(text[i - 1]);
}
