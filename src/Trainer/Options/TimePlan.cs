using MlNetShallowNet.Training;

namespace MlNetShallowNet.Options;

/// <summary>
/// Members and epochs that a time budget has room for, so that training ends with its last epochs, at their low learning rates, and is not cut
/// short in the middle.
/// </summary>
internal static class TimePlan
{
    // A step's cost on one core of about 3 GHz, by a row, and by a feature and hidden unit of it (docs/ablation.md, "What time buys").
    private const double SecondsOfRow = 1.5e-7, SecondsOfFeatureAndUnit = 3.5e-10;

    // The rest is for the members of other kinds, for joining, and for slower machines.
    private const double ShareOfMembers = 0.6;

    // Fewer epochs than these are worse than fewer members.
    private const int FewestEpochs = 4;

    /// <summary>Seconds of processor time that the members take, all epochs.</summary>
    public static double Seconds(DataShape rows, int members, int hiddenUnits, int epochs) =>
        (double)rows.Count * members * epochs * (SecondsOfRow + SecondsOfFeatureAndUnit * rows.ActiveFeatures * hiddenUnits);

    /// <summary>How many members and epochs to train: as many as were planned, where there is time.</summary>
    /// <param name="seconds">The budget.</param>
    /// <param name="threads">Threads that work.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="members">Members as planned.</param>
    /// <param name="keepsMembers">Whether they were asked for.</param>
    /// <param name="hiddenUnits">Of each.</param>
    /// <param name="epochs">Epochs as planned.</param>
    public static (int Members, int Epochs) Fit(double seconds, int threads, DataShape rows, int members, bool keepsMembers, int hiddenUnits, int epochs)
    {
        int least = Math.Min(FewestEpochs, epochs);
        while (Possible(members) < least && members > 1 && !keepsMembers)
            members = (members + 1) / 2;
        return (members, (int)Math.Clamp(Possible(members), 1, epochs));

        double Possible(int of) =>
            ShareOfMembers * seconds / (Seconds(rows, 1, hiddenUnits, 1) * Math.Ceiling(of / (double)Math.Min(of, threads)));
    }
}
