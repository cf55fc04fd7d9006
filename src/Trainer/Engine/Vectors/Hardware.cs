namespace MlNetShallowNet.Engine;

/// <summary>Which vectors this machine has.</summary>
internal static class Hardware
{
    /// <summary>Numbers in the widest vector: 16, 8, 4 or 1.</summary>
    public static int WidestLanes =>
        Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;

    /// <summary>The vector for a layer of this many hidden units: the narrowest that holds them all, else the widest that is given.</summary>
    public static int LanesFor(int hiddenUnits, IActivation activation, int widest)
    {
        // An added unit's activation is multiplied by zero, which only helps where it is a number: some user's own may have no g(0).
        if (!double.IsFinite(activation.Value(0)) || !double.IsFinite(activation.Derivative(0)))
            return 1;
        int lanes = widest;
        while (lanes > 4 && lanes / 2 >= hiddenUnits)
            lanes /= 2;
        return lanes;
    }
}
