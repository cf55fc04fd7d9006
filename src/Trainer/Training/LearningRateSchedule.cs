namespace MlNetShallowNet;

/// <summary>How the learning rate changes while training; α is the one given in the options.</summary>
public enum LearningRateSchedule
{
    /// <summary>α throughout.</summary>
    Constant,

    /// <summary>α times a factor (0.1 by default) after every so many epochs (a third of them by default).</summary>
    Step,

    /// <summary>α / (epoch ^ power), the power being 0.5 by default.</summary>
    InverseScaling,

    /// <summary>From α down to 0 in half a cosine, step by step (Loshchilov and Hutter, 2017, without restarts).</summary>
    Cosine,
}
