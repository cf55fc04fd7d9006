namespace MlNetShallowNet.Samples.Training;

/// <summary>What is learnt from a date beside its place in time, in C# and in the language of ML.NET's expressions.</summary>
internal static class DateParts
{
    // Days to civil dates after H. Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, eras of 400 years at 0000-03-01.
    private const string March =
        "with(z = floor(d) + 719468; with(era = floor(z / 146097); with(e = z - era * 146097; " +
        "with(y = floor((e - floor(e / 1460) + floor(e / 36524) - floor(e / 146096)) / 365); " +
        "with(n = e - (365 * y + floor(y / 4) - floor(y / 100)); with(m = floor((5 * n + 2) / 153); {0}))))))";

    /// <summary>The parts' names and expressions, each of a number d of days since 1 January 1970.</summary>
    public static IReadOnlyList<(string Name, string Expression)> All { get; } =
    [
        ("year", Civil("y + era * 400 + (m > 9 ? 1.0 : 0.0)")),
        ("month", Civil("m < 10 ? m + 3.0 : m - 9.0")),
        ("day", Civil("n - floor((153 * m + 2) / 5) + 1")),
        ("weekday", "d => floor(d) + 3 - 7 * floor((floor(d) + 3) / 7) + 1"),
        ("hour", "d => (d - floor(d)) * 24"),
    ];

    /// <summary>The column that a model keeps the parts of this name in.</summary>
    public static string ColumnOf(string name) => $"({name})";

    /// <summary>The parts of a date: year, month, day, weekday (Monday 1 to Sunday 7), hours since midnight.</summary>
    public static double[] Of(double days)
    {
        DateTime date = DateTime.UnixEpoch.AddDays(Math.Floor(days));
        int weekday = date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek;
        return [date.Year, date.Month, date.Day, weekday, (days - Math.Floor(days)) * 24];
    }

    private static string Civil(string part) => "d => " + March.Replace("{0}", part);
}
