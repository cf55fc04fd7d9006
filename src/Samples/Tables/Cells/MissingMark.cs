namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// Which fields stand for "no value", in upper or lower case: what pandas, R, SQL exports, spreadsheets and statistics programs write, and
/// infinite numbers, of which nothing can be learnt either. docs/tables.md lists them.
/// </summary>
internal static class MissingMark
{
    /// <summary>The words and signs, beside the empty field.</summary>
    public static IReadOnlyCollection<string> All { get; } =
    [
        "NA", "N/A", "n.a.", "<NA>", "#N/A", "#N/A N/A", "#NA", "NA_character_", "NA_integer_", "NA_real_",
        "NaN", "-NaN", "+NaN", "NaT", "-nan(ind)", "nan(ind)", "nan(snan)", "1.#QNAN", "-1.#QNAN", "1.#IND", "-1.#IND",
        "null", "(null)", "[null]", "<null>", "\\N", "None", "nil", "missing", "undefined",
        "?", ".", "-", "--", "---", "\u2013", "\u2014", "\u2212",
        "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#ERROR!", "#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA",
    ];

    /// <summary>The ways to write an infinite number.</summary>
    public static IReadOnlyCollection<string> Infinities { get; } =
    [
        "inf", "-inf", "+inf", "infinity", "-infinity", "+infinity", "\u221E", "-\u221E", "+\u221E", "\u2212\u221E", "1.#INF", "-1.#INF",
    ];

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _infinities = Lookup(Infinities);
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _all = Lookup([.. All, .. Infinities]);
    private static readonly int _longest = All.Max(mark => mark.Length);

    public static bool Is(ReadOnlySpan<char> field) => field.IsEmpty || (field.Length <= _longest && _all.Contains(field));

    public static bool IsInfinity(ReadOnlySpan<char> field) => field.Length <= _longest && _infinities.Contains(field);

    private static HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup(IEnumerable<string> words) =>
        new HashSet<string>(words, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
