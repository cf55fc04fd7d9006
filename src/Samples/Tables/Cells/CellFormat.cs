namespace MlNetShallowNet.Samples.Tables;

/// <summary>How the numbers of a column are written. Each field may be read in some of these ways; a column has the one in which most can.</summary>
[Flags]
internal enum CellFormat
{
    /// <summary>No number in any way: a word.</summary>
    None = 0,

    /// <summary>A point for decimals; perhaps commas, spaces or apostrophes between thousands, a currency sign, parentheses for minus.</summary>
    Number = 1,

    /// <summary>The same with a comma for decimals and points between thousands.</summary>
    DecimalComma = 2,

    /// <summary>With a percent sign; the number is a hundredth.</summary>
    Percent = 4,

    /// <summary>With a percent sign and a comma for decimals.</summary>
    PercentComma = 8,

    /// <summary>2024-05-14, perhaps with a time.</summary>
    IsoDate = 16,

    /// <summary>14.05.2024 or 14/05/2024.</summary>
    DayFirstDate = 32,

    /// <summary>05/14/2024.</summary>
    MonthFirstDate = 64,

    /// <summary>14 May 2024 or May 14, 2024, in English.</summary>
    NamedDate = 128,

    /// <summary>A time of day, in hours.</summary>
    Time = 256,

    /// <summary>Beside the others: as programs write numbers, with nothing but digits, a point and an exponent.</summary>
    Plain = 512,
}

/// <summary>Reads fields in a format.</summary>
internal static class CellFormats
{
    private const CellFormat Dates = CellFormat.IsoDate | CellFormat.DayFirstDate | CellFormat.MonthFirstDate | CellFormat.NamedDate;

    /// <summary>All formats, the first of which is preferred where several read the same fields.</summary>
    public static IReadOnlyList<CellFormat> All { get; } =
    [
        CellFormat.Number, CellFormat.DecimalComma, CellFormat.Percent, CellFormat.PercentComma, CellFormat.IsoDate, CellFormat.MonthFirstDate,
        CellFormat.DayFirstDate, CellFormat.NamedDate, CellFormat.Time,
    ];

    /// <summary>Whether the numbers are days since 1 January 1970.</summary>
    public static bool IsDate(this CellFormat format) => (format & Dates) != 0;

    /// <summary>Reads a field that isn't missing; false if it is no number in this format.</summary>
    public static bool TryRead(this CellFormat format, ReadOnlySpan<char> field, out double number)
    {
        bool isPercent;
        switch (format)
        {
            case CellFormat.Number:
                return (NumberText.TryParse(field, out number) && double.IsFinite(number))
                    || (FormattedNumber.TryParse(field, false, out number, out isPercent) && !isPercent);
            case CellFormat.DecimalComma:
                return FormattedNumber.TryParse(field, true, out number, out isPercent) && !isPercent;
            case CellFormat.Percent or CellFormat.PercentComma:
                return FormattedNumber.TryParse(field, format == CellFormat.PercentComma, out number, out isPercent) && isPercent;
            default:
                return DateText.TryParse(field, format, out number);
        }
    }

    /// <summary>The ways in which a field that is no plain number can be read.</summary>
    public static CellFormat Of(ReadOnlySpan<char> field)
    {
        CellFormat found = CellFormat.None;
        if (!field.ContainsAnyInRange('0', '9'))
            return found;
        foreach (CellFormat format in All)
        {
            if (format.TryRead(field, out _))
                found |= format;
        }
        return found;
    }

    /// <summary>The ways in which a plain number can be read: with a decimal comma only if its point may stand between thousands.</summary>
    public static CellFormat OfPlain(ReadOnlySpan<char> field)
    {
        int point = field.IndexOf('.');
        bool mayGroup = point < 0 || (point >= 1 && field.Length - point == 4 && FormattedNumber.TryParse(field, true, out _, out _));
        return CellFormat.Plain | CellFormat.Number | (mayGroup ? CellFormat.DecimalComma : CellFormat.None);
    }

    /// <summary>The format in words, or null where there is nothing to say.</summary>
    public static string? Describe(this CellFormat format) => format switch
    {
        CellFormat.DecimalComma => "a comma before decimals",
        CellFormat.Percent => "percentages, as hundredths",
        CellFormat.PercentComma => "percentages with a comma before decimals, as hundredths",
        CellFormat.IsoDate => "dates (year, month, day)",
        CellFormat.DayFirstDate => "dates (day first)",
        CellFormat.MonthFirstDate => "dates (month first)",
        CellFormat.NamedDate => "dates (month by name)",
        CellFormat.Time => "times of day, as hours",
        _ => null,
    };
}
