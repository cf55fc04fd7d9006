namespace MlNetShallowNet.Learning;

/// <summary>The outcome of a gradient check for one block of parameters.</summary>
public enum GradientVerdict
{
    /// <summary>Both gradients are the same, as far as double precision can tell.</summary>
    Agrees,

    /// <summary>The gradients differ: the analytic one is wrong.</summary>
    Differs,

    /// <summary>Every entry stands at a kink of the activation, where J has no derivative: nothing could be compared.</summary>
    AtKink,
}
