namespace MlNetShallowNet.Learning;

/// <summary>The classic mistakes in a hand-written back-propagation, to see what each looks like in a gradient check.</summary>
public enum GradientMistake
{
    /// <summary>W2ᵀ dZ2 without the transpose: dZ2ᵀ W2, m x H, brought to H x m by reshaping. Spoils W1 and b1.</summary>
    Transpose,

    /// <summary>The division by m is forgotten. Spoils all four blocks: right direction, m times too long.</summary>
    Mean,

    /// <summary>Another activation's formula on the stored A1: the sigmoid's a (1 - a), or for the sigmoid tanh's 1 - a². Spoils W1 and b1.</summary>
    Activation,

    /// <summary>db written over in each example where it should be added up: the last example alone remains. Spoils b1 and b2.</summary>
    Sum,
}
