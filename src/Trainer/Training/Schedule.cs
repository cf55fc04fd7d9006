namespace MlNetShallowNet.Training;

/// <summary>The learning rate of every step.</summary>
internal static class Schedule
{
    /// <summary>The factor of α in a step.</summary>
    /// <param name="schedule">The shape.</param>
    /// <param name="step">The step, counted from 1 over all epochs.</param>
    /// <param name="steps">How many there will be at most.</param>
    public static double Factor(this LearningRateSchedule schedule, long step, long steps) => schedule switch
    {
        LearningRateSchedule.Constant => 1,
        // From the first step's full rate to the last step's, which is one step above 0. A stream of blocks ends each with a short batch,
        // so there may be a few steps more.
        LearningRateSchedule.Cosine => (1 + Math.Cos(Math.PI * (Math.Min(step, steps) - 1) / steps)) / 2,
        _ => throw new InvalidOperationException($"There is no schedule {schedule}."),
    };
}
