namespace Microsoft.ML.Data;

/// <summary>Reads a value from a text; false where it is none.</summary>
internal delegate bool TryParser<T>(ReadOnlyMemory<char> text, out T value);

/// <summary>How ML.NET reads values from text.</summary>
internal static class ValueParsers
{
    public static TryParser<T> Get<T>(PrimitiveDataViewType type, TextLoader.Options format)
    {
        var reals = new NumberParser(format.DecimalMarker, format.MissingRealsAsNaNs);
        return (TryParser<T>)(type switch
        {
            KeyDataViewType key => Generic.Invoke<Delegate>(Keys<int>, typeof(T), key.Count),
            TextDataViewType => (TryParser<ReadOnlyMemory<char>>)TryParseText,
            BooleanDataViewType => (TryParser<bool>)TryParseBoolean,
            DateTimeDataViewType => (TryParser<DateTime>)TryParseDate,
            _ when typeof(T) == typeof(float) => (TryParser<float>)reals.TryParse,
            _ when typeof(T) == typeof(double) => (TryParser<double>)reals.TryParse,
            _ => Generic.Invoke<Delegate>(Integers<int>, typeof(T)),
        });
    }

    public static bool IsMissing(ReadOnlySpan<char> text)
        => text is "?" || text.Equals("NA", StringComparison.OrdinalIgnoreCase) || text.Equals("NaN", StringComparison.OrdinalIgnoreCase)
            || text.Equals("N/A", StringComparison.OrdinalIgnoreCase);

    private static Delegate Integers<T>() where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        // Empty text is 0, but for unsigned numbers a mistake.
        var isSigned = T.IsNegative(T.MinValue);
        var style = isSigned ? NumberStyles.AllowLeadingSign : NumberStyles.None;
        return (TryParser<T>)((text, out value) =>
        {
            value = T.Zero;
            return (isSigned && text.IsEmpty)
                || (!text.Span.StartsWith('+') && T.TryParse(text.Span, style, CultureInfo.InvariantCulture, out value));
        });
    }

    // Keys count from 0 in the text, and from 1 in memory, where 0 is a missing value.
    private static Delegate Keys<T>(ulong count) where T : IBinaryInteger<T> => (TryParser<T>)((text, out value) =>
        {
            var isKey = ulong.TryParse(text.Span, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < count;
            value = isKey ? T.CreateTruncating(number + 1) : T.Zero;
            return isKey || text.IsEmpty || IsMissing(text.Span);
        });

    private static bool TryParseText(ReadOnlyMemory<char> text, out ReadOnlyMemory<char> value)
    {
        value = text;
        return true;
    }

    private static bool TryParseDate(ReadOnlyMemory<char> text, out DateTime value)
        => DateTime.TryParse(text.Span, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value) || text.IsEmpty;

    private static bool TryParseBoolean(ReadOnlyMemory<char> text, out bool value)
    {
        Span<char> lower = stackalloc char[5];
        var length = text.Span.ToLowerInvariant(lower);
        value = length >= 0 && lower[..length] is "t" or "y" or "1" or "+" or "+1" or "yes" or "true";
        return value || (length >= 0 && lower[..length] is "" or "f" or "n" or "0" or "-" or "-1" or "no" or "false");
    }
}
