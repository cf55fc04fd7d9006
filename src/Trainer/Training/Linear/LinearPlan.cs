namespace MlNetShallowNet.Training;

/// <summary>How a logistic regression is fitted.</summary>
/// <param name="Penalties">The values of lambda to choose from, from the largest on: the penalty is lambda / 2 times the sum of the squared
/// weights of scaled features, beside the sum (not the mean) of the rows' losses.</param>
/// <param name="Tolerance">It is done where the mean loss can be lowered by about half of this at most.</param>
/// <param name="MostIterations">Iterations, or passes over the rows, at most.</param>
internal sealed record LinearPlan(IReadOnlyList<double> Penalties, double Tolerance = 1e-8, int MostIterations = 200)
{
    /// <summary>Penalties to choose from beside those, on the sum of absolute weights (the lasso): shares of that at which all weights are 0, from
    /// the largest on.</summary>
    public IReadOnlyList<double> LassoShares { get; init; } = [];

    /// <summary>Penalties to choose from beside those, for columns times what their words tell by themselves (<see cref="ClassRatios"/>), where columns are more
    /// than rows: each with the occurrences that smooth it.</summary>
    public IReadOnlyList<(double Smoothing, double Penalty)> ByRatios { get; init; } = [];

    /// <summary>For standardised features.</summary>
    public static LinearPlan ForDenseRows { get; } = new([10, 1]);

    /// <summary>For standardised features that are many for the rows, so that most may tell nothing.</summary>
    public static LinearPlan ForWideRows { get; } = ForDenseRows with { LassoShares = [0.6, 0.35, 0.2, 0.12, 0.07] };

    /// <summary>For features that keep their scale, such as words of which a row's make a vector of length 1.</summary>
    public static LinearPlan ForSparseRows { get; } = new([1, 0.1], 1e-6) { ByRatios = [(0.6, 0.1), (6, 0.03)] };
}
