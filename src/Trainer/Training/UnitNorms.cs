using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>The max-norm constraint (Srebro and Shraibman, 2005): a limit for the norm of the weights into each hidden unit.</summary>
internal static class UnitNorms
{
    /// <summary>Shortens every row of W1 that is longer than the limit.</summary>
    public static void Limit(Span<float> parameters, ParameterLayout layout, float longest)
    {
        for (int h = 0; h < layout.HiddenUnits; h++)
        {
            double squares = 0;
            for (int d = 0; d < layout.FeatureCount; d++)
                squares += (double)parameters[layout.W1(h, d)] * parameters[layout.W1(h, d)];
            if (squares <= (double)longest * longest)
                continue;
            float scale = (float)(longest / Math.Sqrt(squares));
            for (int d = 0; d < layout.FeatureCount; d++)
                parameters[layout.W1(h, d)] *= scale;
        }
    }
}
