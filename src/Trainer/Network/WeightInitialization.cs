namespace MlNetShallowNet;

/// <summary>How W1 and W2 are drawn before training; biases start at zero.</summary>
public enum WeightInitialization
{
    /// <summary><see cref="He"/> for the activations of the ReLU family (relu, leaky-relu, elu, gelu, silu, softplus), else <see cref="Xavier"/>.</summary>
    Auto,

    /// <summary>Uniform in ±√(6 / (inputs + outputs)) of the layer (Glorot and Bengio, 2010): keeps the variance of values and errors
    /// through layers whose activation is nearly linear at zero.</summary>
    Xavier,

    /// <summary>Normal with variance 2 / inputs of the layer for W1, Xavier for W2 (He et al., 2015): makes up for the half that a ReLU cuts off.</summary>
    He,

    /// <summary>The course's: normal with standard deviation 0.01.</summary>
    SmallNormal,
}
