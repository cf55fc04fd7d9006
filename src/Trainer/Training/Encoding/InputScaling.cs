namespace MlNetShallowNet;

/// <summary>How features are scaled while training. The finished network takes raw features: the scaling is folded into W1 and b1.</summary>
public enum InputScaling
{
    /// <summary>Each feature to mean 0 and standard deviation 1 over the training rows; sparse rows are not centred, so that they stay
    /// sparse. A feature that is constant there gets weight 0.</summary>
    Standardize,

    /// <summary>Features are taken as they are.</summary>
    None,
}
