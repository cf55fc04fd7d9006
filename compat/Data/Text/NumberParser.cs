namespace Microsoft.ML.Data;

/// <summary>Reads floating point numbers to the very bits that ML.NET reads, whose last bit may differ from the nearest number's.</summary>
internal sealed class NumberParser(char decimalMarker, bool emptyIsNaN)
{
    // Digits beyond this integer are dropped.
    private const ulong MostDigits = (ulong.MaxValue - 9) / 10;

    public bool TryParse(ReadOnlyMemory<char> text, out float value)
    {
        var isNumber = TryParse(text.Span, out var number);
        value = number.Special is { } special ? (float)special
            : number.Digits == 0 ? 0
            : number.Exponent > PowersOfTen.SinglePositive.Length ? float.PositiveInfinity
            : number.Exponent < -PowersOfTen.SingleNegative.Length ? 0
            : (float)(number.Digits * PowersOfTen.ForSingle((int)number.Exponent));
        value = number.IsNegative ? -value : value;
        return isNumber;
    }

    public bool TryParse(ReadOnlyMemory<char> text, out double value)
    {
        var isNumber = TryParse(text.Span, out var number);
        value = number.Special ?? (number.Digits == 0 ? 0 : Scale(number.Digits, number.Exponent));
        value = number.IsNegative ? -value : value;
        return isNumber;
    }

    private static double Scale(ulong digits, long exponent)
    {
        if (exponent == 0)
            return digits;

        // Both factors are exact here, so the result is the nearest number.
        if (exponent is >= -22 and <= 22 && digits < 1UL << 53)
            return exponent > 0 ? digits * PowersOfTen.SinglePositive[exponent - 1] : digits / PowersOfTen.SinglePositive[-exponent - 1];
        if (exponent > PowersOfTen.LargestExponent)
            return double.PositiveInfinity;
        if (exponent < -PowersOfTen.LargestNegativeExponent)
            return 0;
        var (mantissa, scale) = PowersOfTen.ForDouble((int)exponent);
        var shift = BitOperations.LeadingZeroCount(digits);
        if ((shift & 1) != 0)
            shift--;
        var high = Math.BigMul(mantissa, digits << shift, out var low);
        scale -= shift;

        // The bits that are lost count as one, for the rounding.
        if ((long)high >= 0)
            return Math.ScaleB((double)(long)(low != 0 ? high | 1 : high), scale);
        return Math.ScaleB((double)(long)(((low | (high & 1)) != 0 ? high | 2 : high) >> 1), scale + 1);
    }

    private bool TryParse(ReadOnlySpan<char> text, out Number number)
    {
        number = default;
        var trimmed = text.Trim();
        if (!trimmed.IsEmpty && TryParseDigits(trimmed, ref number))
            return true;
        var special = trimmed switch
        {
            "" => emptyIsNaN ? double.NaN : 0,
            "Infinity" or "\u221E" => double.PositiveInfinity,
            "-Infinity" or "-\u221E" => double.NegativeInfinity,
            _ => double.NaN,
        };
        number = new Number { Special = special };
        return !double.IsNaN(special) || trimmed is "" or "?" or "NaN" || ValueParsers.IsMissing(text);
    }

    private bool TryParseDigits(ReadOnlySpan<char> text, ref Number number)
    {
        var (i, any, inFraction) = (text[0] is '-' or '+' ? 1 : 0, false, false);
        number.IsNegative = text[0] == '-';
        for (; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit > 9)
            {
                if (text[i] != decimalMarker || inFraction)
                    break;
                inFraction = true;
                continue;
            }
            any = true;
            if (number.Digits < MostDigits)
            {
                number.Digits = 10 * number.Digits + digit;
                number.Exponent -= inFraction ? 1 : 0;
            }
            else if (!inFraction)
            {
                number.Exponent++;
            }
        }
        return any && (i == text.Length || TryParseExponent(text[i..], ref number));
    }

    private static bool TryParseExponent(ReadOnlySpan<char> text, ref Number number)
    {
        if (text[0] is not 'e' and not 'E')
            return false;
        var digits = text[(text.Length > 1 && text[1] is '-' or '+' ? 2 : 1)..];
        long exponent = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            if (exponent < long.MaxValue / 100)
                exponent = 10 * exponent + (c - '0');
        }
        number.Exponent += text.Length > 1 && text[1] == '-' ? -exponent : exponent;
        return !digits.IsEmpty;
    }

    private struct Number
    {
        public bool IsNegative;
        public ulong Digits;
        public long Exponent;
        public double? Special;
    }
}

/// <summary>Powers of ten as ML.NET's parser of numbers has them.</summary>
internal static class PowersOfTen
{
    public const int LargestExponent = 320;
    public const int LargestNegativeExponent = 360;

    // Computed when first needed: few files hold numbers that need them.
    private static readonly Lazy<(ulong Mantissa, int Scale)[]> _forDouble = new(() => Enumerable
        .Range(-LargestNegativeExponent, LargestNegativeExponent + LargestExponent + 1).Select(Compute).ToArray());

    public static double[] SinglePositive { get; } = Enumerable.Range(1, 39).Select(k => (double)BigInteger.Pow(10, k)).ToArray();
    public static double[] SingleNegative { get; } = Enumerable.Range(1, 65)
        .Select(k => Compute(-k)).Select(power => Math.ScaleB(power.Mantissa, power.Scale - 64)).ToArray();

    public static double ForSingle(int exponent)
        => exponent == 0 ? 1 : exponent > 0 ? SinglePositive[exponent - 1] : SingleNegative[-exponent - 1];
    public static (ulong Mantissa, int Scale) ForDouble(int exponent) => _forDouble.Value[exponent + LargestNegativeExponent];

    private static (ulong Mantissa, int Scale) Compute(int exponent)
    {
        var power = BigInteger.Pow(10, Math.Abs(exponent));
        var bits = (int)power.GetBitLength();
        if (exponent >= 0)
            return ((ulong)(bits <= 64 ? power << (64 - bits) : power >> (bits - 64)), bits);
        return ((ulong)(((BigInteger.One << (64 + bits)) + power) / (2 * power)), 1 - bits);
    }
}
