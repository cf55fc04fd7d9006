using System.Globalization;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>Dates, with or without a time, as days since 1 January 1970; times alone as hours. An offset from UTC is passed over.</summary>
internal static class DateText
{
    // Before the others, which are made of it.
    private static readonly string[] _time = ["H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF", "h:mm tt", "h:mm:ss tt"];
    private static readonly string[] _iso = WithTimes("yyyy-M-d", "yyyy/M/d", "yyyy.M.d");
    private static readonly string[] _dayFirst = WithTimes("d.M.yyyy", "d/M/yyyy", "d-M-yyyy", "d.M.yy", "d/M/yy");
    private static readonly string[] _monthFirst = WithTimes("M/d/yyyy", "M-d-yyyy", "M/d/yy");
    private static readonly string[] _named = WithTimes(
        "d MMM yyyy", "d-MMM-yyyy", "d-MMM-yy", "d MMMM yyyy", "MMM d yyyy", "MMM d, yyyy", "MMMM d, yyyy", "ddd, d MMM yyyy");

    /// <summary>Reads a date or a time.</summary>
    public static bool TryParse(ReadOnlySpan<char> field, CellFormat format, out double number)
    {
        number = 0;
        if (field.Length is < 4 or > 40 || !field.ContainsAnyInRange('0', '9') || !field.ContainsAny("-/.: "))
            return false;
        string[] formats = format switch
        {
            CellFormat.IsoDate => _iso,
            CellFormat.DayFirstDate => _dayFirst,
            CellFormat.MonthFirstDate => _monthFirst,
            CellFormat.NamedDate => _named,
            _ => _time,
        };
        ReadOnlySpan<char> local = format == CellFormat.IsoDate ? WithoutOffset(field) : field;
        if (!DateTime.TryParseExact(local, formats, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out DateTime date))
            return false;
        number = format == CellFormat.Time ? date.TimeOfDay.TotalHours : (date - DateTime.UnixEpoch).TotalDays;
        return true;
    }

    private static ReadOnlySpan<char> WithoutOffset(ReadOnlySpan<char> field)
    {
        if (field[^1] is 'Z' or 'z')
            return field[..^1];
        int time = field.IndexOf(':');
        int offset = time < 0 ? -1 : field[time..].LastIndexOfAny('+', '-');
        return offset < 0 ? field : field[..(time + offset)].TrimEnd();
    }

    private static string[] WithTimes(params string[] dates) =>
    [
        .. dates.SelectMany(date => (string[])[date, .. ((string[])[" ", "'T'"]).SelectMany(between =>
            _time.Select(time => date + between + time))]),
    ];
}
