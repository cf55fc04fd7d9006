using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetShallowNet.Sources.Views;

/// <summary>Makes doubles of integers and decimals, and says once of each column if there are numbers that a double does not hold to the last digit.</summary>
internal sealed class LostDigits(MLContext ml)
{
    private const long MostExact = 1L << 53;

    // Two decimals of up to 15 digits are never the same double.
    private const decimal MostExactDigits = 1e15m;

    // The largest power of ten that a double is.
    private const int MostExactScale = 22;

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <param name="number">The number.</param>
    /// <param name="column">Its column.</param>
    /// <param name="place">Tells where it stands.</param>
    public double ToDouble(long number, string column, Func<string> place)
    {
        double found = number;
        if (number is < -MostExact or > MostExact && (Int128)found != number)
            Tell(number, column, place);
        return found;
    }

    /// <inheritdoc cref="ToDouble(long, string, Func{string})"/>
    public double ToDouble(decimal number, string column, Func<string> place)
    {
        bool hasFewDigits = HasFewDigits(number);
        // A cast divides the digits by a power of ten; only where both are exact as doubles it gives what a text of the number gives.
        double found = hasFewDigits && number.Scale <= MostExactScale
            ? (double)number
            : double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        if (!hasFewDigits && !IsShortestText(found, number))
            Tell(number, column, place);
        return found;
    }

    private static bool IsShortestText(double found, decimal number)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        return decimal.TryParse(found.ToString("R", invariant), NumberStyles.Float, invariant, out decimal back) && back == number;
    }

    private static bool HasFewDigits(decimal number) => new decimal(
        decimal.GetBits(number)[0], decimal.GetBits(number)[1], decimal.GetBits(number)[2], isNegative: false, scale: 0) <= MostExactDigits;

    private void Tell(IFormattable number, string column, Func<string> place)
    {
        lock (_told)
        {
            if (!_told.Add(column))
                return;
        }
        using IChannel channel = ((IChannelProvider)ml).Start("Sources");
        channel.Warning(
            MessageSensitivity.UserData,
            $"{place()}: {number.ToString(null, CultureInfo.InvariantCulture)} in column '{column}' has more digits than a Double holds; the last ones are lost, here and perhaps in other rows.");
    }
}
