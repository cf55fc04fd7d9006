namespace MlNetShallowNet.Samples.Tables;

/// <summary>The two values of a label column, as the file spells them.</summary>
/// <param name="Negative">The value that means no.</param>
/// <param name="Positive">The value that means yes: the one whose probability the network gives.</param>
/// <param name="IsAgainstRest">Whether every value but the positive one means no, <paramref name="Negative"/> being a name for all of them.</param>
internal sealed record LabelValues(string Negative, string Positive, bool IsAgainstRest = false)
{
    private static readonly (string No, string Yes)[] _known =
    [
        ("0", "1"), ("-1", "1"), ("false", "true"), ("no", "yes"), ("n", "y"), ("f", "t"), ("negative", "positive"), ("neg", "pos"),
        ("off", "on"), ("absent", "present"),
        ("nein", "ja"), ("non", "oui"), ("no", "si"), ("no", "sí"), ("não", "sim"), ("nao", "sim"),
    ];

    /// <summary>Whether a label field means yes (true) or no (false), or null if it is neither.</summary>
    public bool? Read(ReadOnlySpan<char> field) => IsAgainstRest
        ? MissingMark.Is(field) ? null : Same(field, Positive)
        : Match(field, Negative, Positive) switch { 0 => false, 1 => true, _ => null };

    /// <summary>One value against all others.</summary>
    public static LabelValues AgainstRest(string positive) => new($"not {positive}", positive, IsAgainstRest: true);

    /// <summary>The value that stands for a prediction.</summary>
    public string Of(bool positive) => positive ? Positive : Negative;

    /// <summary>Whether two fields are the same label: as text in upper or lower case, or as numbers.</summary>
    public static bool Same(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => SameText(a, b) || SameNumber(a, b);

    public static bool SameText(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    public static bool SameNumber(ReadOnlySpan<char> a, ReadOnlySpan<char> b) =>
        NumberText.TryParse(a, out double x) && NumberText.TryParse(b, out double y) && x == y;

    /// <summary>Both values of a column that holds only one of them; null where nothing tells whether that is a yes or a no.</summary>
    /// <param name="only">The value.</param>
    /// <param name="positive">The user's choice of the positive value, or null.</param>
    public static LabelValues? OfOne(string only, string? positive)
    {
        if (positive is not null)
            return Same(only, positive.Trim()) ? new LabelValues($"not {only}", only) : new LabelValues(only, positive.Trim());
        foreach ((string no, string yes) in _known)
        {
            if (Same(only, yes))
                return new LabelValues(no, only);
            if (Same(only, no))
                return new LabelValues(only, yes);
        }
        return null;
    }

    /// <summary>Decides which of two values is the positive one.</summary>
    /// <param name="first">One value.</param>
    /// <param name="second">The other value.</param>
    /// <param name="positive">The user's choice, or null.</param>
    /// <param name="isGuess">Whether neither the user nor a known pair of words decided, so that the user should be told.</param>
    /// <exception cref="UserError">The user's choice is neither value.</exception>
    public static LabelValues Choose(string first, string second, string? positive, out bool isGuess)
    {
        isGuess = false;
        if (positive is not null)
        {
            return Match(positive.Trim(), first, second) switch
            {
                0 => new LabelValues(second, first),
                1 => new LabelValues(first, second),
                _ => throw new UserError(
                    $"--positive {Shown.Text(positive)} is not a value of the label column, which holds {Shown.Text(first)} and " +
                    $"{Shown.Text(second)}."),
            };
        }
        foreach ((string no, string yes) in _known)
        {
            if (Same(first, no) && Same(second, yes))
                return new LabelValues(first, second);
            if (Same(first, yes) && Same(second, no))
                return new LabelValues(second, first);
        }
        isGuess = true;
        int order = NumberText.TryParse(first, out double x) && NumberText.TryParse(second, out double y)
            ? x.CompareTo(y)
            : string.Compare(first, second, StringComparison.OrdinalIgnoreCase);
        order = order == 0 ? string.CompareOrdinal(first, second) : order;
        return order < 0 ? new LabelValues(first, second) : new LabelValues(second, first);
    }

    /// <summary>Which of two values a field is (0 or 1): the same text, or in other letter case, or as a number; -1 if neither or both.</summary>
    private static int Match(ReadOnlySpan<char> field, string first, string second)
    {
        if (field.SequenceEqual(first) || field.SequenceEqual(second))
            return field.SequenceEqual(first) ? 0 : 1;
        bool isFirst = SameText(field, first), isSecond = SameText(field, second);
        if (!isFirst && !isSecond)
            (isFirst, isSecond) = (SameNumber(field, first), SameNumber(field, second));
        return isFirst == isSecond ? -1 : isFirst ? 0 : 1;
    }
}
