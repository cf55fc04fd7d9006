namespace MlNetShallowNet.TestTools;

/// <summary>
/// How long tests wait for another process: in times that they look, 5 minutes if each look takes all that it may. A machine may be paused,
/// and then no clock tells how long it has worked.
/// </summary>
internal static class Patience
{
    private const int Looks = 6_000, LookMilliseconds = 50;

    /// <summary>Waits until something is so.</summary>
    /// <param name="waits">Waits at most as many milliseconds as it is given, and says whether it is so.</param>
    /// <returns>Whether it came to be so.</returns>
    public static bool Until(Func<int, bool> waits)
    {
        for (int look = 0; look < Looks; look++)
        {
            if (waits(LookMilliseconds))
                return true;
        }
        return false;
    }

    /// <summary>Waits until something is so that can only be looked at.</summary>
    /// <returns>Whether it came to be so.</returns>
    public static async Task<bool> Until(Func<bool> isSo)
    {
        for (int look = 0; look < Looks; look++)
        {
            if (isSo())
                return true;
            await Task.Delay(LookMilliseconds);
        }
        return false;
    }
}
