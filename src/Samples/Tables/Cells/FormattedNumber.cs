using System.Globalization;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// Numbers as people write them: separators of thousands, a comma for decimals, currency signs, percent, parentheses or unusual signs for
/// minus.
/// </summary>
internal static class FormattedNumber
{
    private const int Longest = 48;

    private static readonly string[] _currencies =
        ["USD", "EUR", "GBP", "CHF", "JPY", "CNY", "CAD", "AUD", "INR", "SEK", "NOK", "DKK", "PLN", "CZK", "BRL", "US$", "R$", "C$", "A$", "Rs", "kr"];

    /// <summary>Reads a number.</summary>
    /// <param name="field">The field.</param>
    /// <param name="hasDecimalComma">Whether a comma stands before decimals and a point between thousands; else the other way round.</param>
    /// <param name="number">The number; of a percentage its hundredth.</param>
    /// <param name="isPercent">Whether it is written with a percent sign.</param>
    public static bool TryParse(ReadOnlySpan<char> field, bool hasDecimalComma, out double number, out bool isPercent)
    {
        (number, isPercent) = (0, false);
        if (field.Length > Longest || field.IsEmpty || !field.ContainsAnyInRange('0', '9'))
            return false;
        bool isNegative = false, isSigned = false;
        ReadOnlySpan<char> body = field;
        if (body[0] == '(' && body[^1] == ')')
        {
            body = body[1..^1].Trim();
            (isNegative, isSigned) = (true, true);
        }
        bool hasCurrency = TakeCurrency(ref body);
        if (TakeSign(ref body, ref isNegative, ref isSigned) && !hasCurrency)
            hasCurrency = TakeCurrency(ref body);
        if (!hasCurrency && body is [.. var start, '%'])
        {
            body = start.TrimEnd();
            isPercent = true;
        }
        Span<char> plain = stackalloc char[Longest];
        if (!TakeSeparators(body, hasDecimalComma, plain, out int length)
            || !NumberText.TryParse(plain[..length], out number) || !double.IsFinite(number))
        {
            return false;
        }
        number = (isNegative ? -number : number) / (isPercent ? 100 : 1);
        return true;
    }

    private static bool TakeSign(ref ReadOnlySpan<char> body, ref bool isNegative, ref bool isSigned)
    {
        if (isSigned || body.IsEmpty)
            return false;
        bool isMinus = body[0] is '-' or '\u2212' or '\u2013' or '\uFE63' or '\uFF0D';
        if (isMinus || body[0] == '+')
            body = body[1..].TrimStart();
        else if (body[^1] is '-' or '\u2212')
        {
            body = body[..^1].TrimEnd();
            isMinus = true;
        }
        else
            return false;
        (isNegative, isSigned) = (isMinus, true);
        return true;
    }

    private static bool TakeCurrency(ref ReadOnlySpan<char> body)
    {
        if (body.IsEmpty)
            return false;
        if (char.GetUnicodeCategory(body[0]) == UnicodeCategory.CurrencySymbol)
            body = body[1..].TrimStart();
        else if (char.GetUnicodeCategory(body[^1]) == UnicodeCategory.CurrencySymbol)
            body = body[..^1].TrimEnd();
        else
            return TakeCurrencyWord(ref body);
        return true;
    }

    private static bool TakeCurrencyWord(ref ReadOnlySpan<char> body)
    {
        foreach (string currency in _currencies)
        {
            // Behind letters a point may say that they are cut short: Rs.500 is no half.
            bool mayHavePoint = char.IsLetter(currency[^1]);
            if (body.StartsWith(currency, StringComparison.Ordinal))
            {
                body = body[currency.Length..];
                body = (mayHavePoint && body is ['.', .. var amount] ? amount : body).TrimStart();
                return true;
            }
            ReadOnlySpan<char> end = mayHavePoint && body is [.. var cut, '.'] ? cut : body;
            if (end.EndsWith(currency, StringComparison.Ordinal))
            {
                body = end[..^currency.Length].TrimEnd();
                return true;
            }
        }
        return false;
    }

    /// <summary>Writes the digits without separators of thousands, if these stand where they belong, and a point for decimals.</summary>
    private static bool TakeSeparators(ReadOnlySpan<char> body, bool hasDecimalComma, Span<char> plain, out int length)
    {
        char point = hasDecimalComma ? ',' : '.';
        char group = '\0';
        int inGroup = 0, groups = 0;
        bool isWhole = true;
        length = 0;
        for (int i = 0; i < body.Length; i++)
        {
            char c = body[i];
            if (char.IsAsciiDigit(c))
            {
                inGroup += isWhole ? 1 : 0;
            }
            else if (c == point && isWhole)
            {
                if (groups > 0 && inGroup != 3)
                    return false;
                (isWhole, c) = (false, '.');
            }
            else if (isWhole && IsGroup(c, hasDecimalComma) && (groups == 0 ? inGroup is >= 1 and <= 3 && body[0] != '0' : c == group && inGroup is 2 or 3))
            {
                (group, groups, inGroup) = (c, groups + 1, 0);
                continue;
            }
            else if (c is 'e' or 'E' && i > 0 && groups == 0)
            {
                body[i..].CopyTo(plain[length..]);
                length += body.Length - i;
                return true;
            }
            else
            {
                return false;
            }
            plain[length++] = c;
        }
        return length > 0 && char.IsAsciiDigit(plain[length - 1]) && (groups == 0 || !isWhole || inGroup == 3);
    }

    private static bool IsGroup(char c, bool hasDecimalComma) =>
        c is ' ' or '\u00A0' or '\u202F' or '\u2009' or '\'' or '\u2019' || c == (hasDecimalComma ? '.' : ',');
}
