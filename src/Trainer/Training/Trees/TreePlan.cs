namespace MlNetShallowNet.Training;

/// <summary>How boosted trees are grown.</summary>
/// <param name="Rounds">Trees, at most.</param>
/// <param name="Patience">Rounds without a lower loss of the rows left out after which no more trees are grown.</param>
/// <param name="Leaves">Leaves of a tree, at most; each is a hidden unit.</param>
/// <param name="Rate">What the leaves' values are multiplied with.</param>
/// <param name="Intervals">Intervals between a feature's knots, at most; a bin's number is a byte, so at most 255.</param>
/// <param name="FeatureShare">The share of the features that a tree may split; four at least.</param>
/// <param name="L2">The penalty on leaves' values.</param>
/// <param name="MinHessian">The least sum of p (1 - p) over the rows of a side of a split.</param>
/// <param name="Parts">How many parts of the rows are left out in turn to choose the number of trees, at most.</param>
/// <param name="Refit">Whether the trees that remain are grown anew on all rows; otherwise the trees grown without each part are kept, and
/// their mean is the member.</param>
/// <param name="JudgedEvery">After how many rounds each they are judged.</param>
/// <param name="LeastGain">0 where trees are judged by their own loss; else the least share by which those rounds must lower the loss of networks and
/// trees together.</param>
/// <param name="MostRows">The rows that are taken, at most; of a trial those that it is grown on, and those left out beside them.</param>
/// <param name="Other">Trees of another size that are grown, too, where these clearly do better than the networks; those are kept that left-out rows are scored best
/// with, together with the networks.</param>
/// <param name="Trial">Trees that are grown before these; where they do not help, neither would these, and there are none.</param>
internal sealed record TreePlan(
    int Rounds = 40, int Patience = 10, int Leaves = 8, double Rate = 0.3, int Intervals = 255, double FeatureShare = 0.5,
    double L2 = 0.3, double MinHessian = 1, int Parts = 8, bool Refit = true, int JudgedEvery = 1, double LeastGain = 0,
    int MostRows = int.MaxValue, TreePlan? Other = null, TreePlan? Trial = null);
