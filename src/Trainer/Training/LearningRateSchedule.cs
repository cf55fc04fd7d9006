namespace MlNetShallowNet;

/// <summary>How the learning rate changes while training; α is the one given in the options.</summary>
public enum LearningRateSchedule
{
    /// <summary>α throughout.</summary>
    Constant,

    /// <summary>From α down to 0 in half a cosine, step by step (Loshchilov and Hutter, 2017, without restarts).</summary>
    Cosine,
}

/// <summary>The factor of α in every step.</summary>
internal static class Schedules
{
    /// <param name="schedule">The schedule.</param>
    /// <param name="step">The step, counted from 1 over all epochs.</param>
    /// <param name="steps">How many there will be at most.</param>
    public static double Factor(this LearningRateSchedule schedule, long step, long steps) => schedule switch
    {
        LearningRateSchedule.Constant => 1,
        // From the first step's full rate to the last step's, which is one step above 0.
        LearningRateSchedule.Cosine => (1 + Math.Cos(Math.PI * (Math.Min(step, steps) - 1) / steps)) / 2,
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "There is no such schedule."),
    };
}
