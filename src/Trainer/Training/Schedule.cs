namespace MlNetShallowNet.Training;

/// <summary>The learning rate of every step.</summary>
/// <param name="Kind">The shape.</param>
/// <param name="WarmUp">The fraction of all steps in which the rate rises linearly from 0, before the shape begins to tell.</param>
/// <param name="StepEpochs">For <see cref="LearningRateSchedule.Step"/>: epochs between two steps.</param>
/// <param name="StepFactor">For <see cref="LearningRateSchedule.Step"/>: what the rate is multiplied with.</param>
/// <param name="Power">For <see cref="LearningRateSchedule.InverseScaling"/>: the power of the epoch.</param>
internal sealed record Schedule(LearningRateSchedule Kind, double WarmUp = 0, int StepEpochs = 30, double StepFactor = 0.1, double Power = 0.5)
{
    public static Schedule Constant { get; } = new(LearningRateSchedule.Constant);

    /// <summary>The factor of α in a step.</summary>
    /// <param name="step">The step, counted from 1 over all epochs.</param>
    /// <param name="steps">How many there will be at most.</param>
    /// <param name="stepsPerEpoch">Steps in an epoch.</param>
    public double Factor(long step, long steps, int stepsPerEpoch)
    {
        step = Math.Min(step, steps); // A stream of blocks ends each with a short batch, so there may be a few steps more.
        double warm = WarmUp * steps;
        double rise = step < warm ? step / warm : 1;
        long epoch = (step - 1) / stepsPerEpoch; // counted from 0
        return rise * Kind switch
        {
            LearningRateSchedule.Constant => 1,
            LearningRateSchedule.Step => Math.Pow(StepFactor, epoch / StepEpochs),
            LearningRateSchedule.InverseScaling => 1 / Math.Pow(epoch + 1, Power),
            // From the first step's full rate to the last step's, which is one step above 0.
            LearningRateSchedule.Cosine => (1 + Math.Cos(Math.PI * (step - 1) / steps)) / 2,
            _ => throw new InvalidOperationException($"There is no schedule {Kind}."),
        };
    }
}
