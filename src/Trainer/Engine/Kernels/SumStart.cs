namespace MlNetShallowNet.Engine;

/// <summary>What a product's sums begin with.</summary>
internal enum SumStart
{
    /// <summary>The bias b1.</summary>
    Bias,

    /// <summary>0.</summary>
    Zero,

    /// <summary>What stands where the sums go.</summary>
    Present,
}
