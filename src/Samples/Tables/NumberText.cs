using System.Globalization;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>Decimal numbers as they stand in a table: a point for decimals, an exponent if need be, no separators of thousands.</summary>
internal static class NumberText
{
    /// <summary>Reads a number in single precision, correctly rounded; a number beyond its range comes out infinite.</summary>
    public static bool TryParse(ReadOnlySpan<char> field, out float number) =>
        float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>Reads a number in double precision.</summary>
    public static bool TryParse(ReadOnlySpan<char> field, out double number) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>Whether the field is no number as it stands, but would be without its commas: 0,5 or 1,234.50.</summary>
    public static bool HasCommas(ReadOnlySpan<char> field) =>
        field.Contains(',') && field.Length <= 40 && TryParse(field.ToString().Replace(",", ""), out double _);

    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Format(float number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Format(float)"/>
    public static string Format(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
