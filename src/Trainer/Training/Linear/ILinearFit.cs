namespace MlNetShallowNet.Training;

/// <summary>Fits one logistic regression after another, each from the last.</summary>
internal interface ILinearFit
{
    /// <summary>Fits all rows: the weights of the columns and, last, the intercept.</summary>
    double[] ToAll(double lambda, int threads);

    /// <summary>Fits rows of other weights, with the same penalty as the last fit of all, from which it starts. Several may be asked for at once.</summary>
    double[] Without(float[] rowWeights, int threads);
}
