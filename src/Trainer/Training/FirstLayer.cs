namespace MlNetShallowNet.Training;

/// <summary>How large a first layer may be.</summary>
internal static class FirstLayer
{
    private const long MostWeights = 1L << 28;

    /// <summary>Checks that one is not larger than can be held, before anything of its size is allocated.</summary>
    /// <param name="hiddenUnits">H of all members.</param>
    /// <param name="columns">How many numbers each unit reads.</param>
    /// <param name="called">What they are.</param>
    /// <exception cref="ArgumentException">It is larger.</exception>
    public static void Check(long hiddenUnits, long columns, string called)
    {
        if (hiddenUnits * columns > MostWeights)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{hiddenUnits:N0} hidden units on {columns:N0} {called} make {hiddenUnits * columns:N0} weights, and at most {MostWeights:N0} are possible; take at most {Math.Max(1, MostWeights / columns):N0} hidden units."));
        }
    }
}
