using System.Globalization;
using csFastFloat;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>Decimal numbers as programs write them: a point for decimals, an exponent if need be, no separators of thousands.</summary>
internal static class NumberText
{
    /// <summary>Beyond so many digits two numbers may be the same in double precision though they aren't in the table.</summary>
    public const int DigitsKept = 15;

    /// <summary>Whole numbers of so many digits are exact in double precision.</summary>
    private const int MostExactDigits = 15;

    private static readonly double[] _powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Reads a number in double precision, correctly rounded; one beyond its range comes out infinite.</summary>
    public static bool TryParse(ReadOnlySpan<char> field, out double number)
    {
        number = 0;
        if (field.IsEmpty || !(char.IsAsciiDigit(field[^1]) || field[^1] == '.'))
            return false;
        if (TryExact(field, out number))
            return true;
        if (char.IsAsciiDigit(field[0]) || field[0] is '-' or '.')
        {
            if (FastDoubleParser.TryParseDouble(field, out int consumed, out number) && consumed == field.Length && double.IsFinite(number))
                return true;
        }
        return double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Reads digits with a point among them that are, without the point, a whole number which double precision has exactly: one division then
    /// rounds correctly (W. D. Clinger, "How to Read Floating Point Numbers Accurately"). That is most of what stands in tables.</summary>
    private static bool TryExact(ReadOnlySpan<char> field, out double number)
    {
        bool isNegative = field[0] == '-';
        ReadOnlySpan<char> digits = isNegative ? field[1..] : field;
        long whole = 0;
        int point = -1;
        number = 0;
        if (digits.Length > MostExactDigits + 1)
            return false;
        for (int i = 0; i < digits.Length; i++)
        {
            uint digit = (uint)(digits[i] - '0');
            if (digit <= 9)
                whole = 10 * whole + digit;
            else if (digits[i] == '.' && point < 0)
                point = i;
            else
                return false;
        }
        int decimals = point < 0 ? 0 : digits.Length - 1 - point;
        if (digits.Length - (point < 0 ? 0 : 1) is 0 or > MostExactDigits)
            return false;
        number = whole / _powers[decimals];
        number = isNegative ? -number : number;
        return true;
    }

    /// <summary>A category as it is compared: a number is the same however it is written (75, 75.0, 7.5e1).</summary>
    public static string Category(ReadOnlySpan<char> field) =>
        field.Length <= DigitsKept && TryParse(field, out double number) ? Format(number) : field.ToString();

    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Format(float number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Format(float)"/>
    public static string Format(double number) => (number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture);
}
