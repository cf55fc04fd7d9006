namespace MlNetShallowNet;

/// <summary>How the learning rate changes while training; α is the one given in the options.</summary>
public enum LearningRateSchedule
{
    /// <summary>α throughout.</summary>
    Constant,

    /// <summary>From α down to 0 in half a cosine, step by step (Loshchilov and Hutter, 2017, without restarts).</summary>
    Cosine,
}
