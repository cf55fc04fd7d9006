using System.Globalization;
using csFastFloat;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>Decimal numbers as programs write them: a point for decimals, an exponent if need be, no separators of thousands.</summary>
internal static class NumberText
{
    /// <summary>Beyond so many digits two numbers may be the same in double precision though they aren't in the table.</summary>
    private const int DigitsKept = 15;

    /// <summary>Reads a number in double precision, correctly rounded; one beyond its range comes out infinite.</summary>
    public static bool TryParse(ReadOnlySpan<char> field, out double number)
    {
        number = 0;
        if (field.IsEmpty || !(char.IsAsciiDigit(field[^1]) || field[^1] == '.'))
            return false;
        if (char.IsAsciiDigit(field[0]) || field[0] is '-' or '.')
        {
            if (FastDoubleParser.TryParseDouble(field, out int consumed, out number) && consumed == field.Length && double.IsFinite(number))
                return true;
        }
        return double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>A category as it is compared: a number is the same however it is written (75, 75.0, 7.5e1).</summary>
    public static string Category(ReadOnlySpan<char> field) =>
        field.Length <= DigitsKept && TryParse(field, out double number) ? Format(number) : field.ToString();

    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Format(float number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Format(float)"/>
    public static string Format(double number) => (number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture);
}
