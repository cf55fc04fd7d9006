using MathNet.Numerics.Random;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// A sum of trees under way (Friedman, 2001): each new one is grown on the gradient of the loss at the scores so far, and a leaf's value is
/// a Newton step, made smaller by the rate.
/// </summary>
internal sealed class BoostedTrees
{
    private const float LeastHessian = 1e-6f;

    private readonly TreeColumns _columns;
    private readonly TreePlan _plan;
    private readonly TreeGrower _grower;
    private readonly Random _random;
    private readonly int[] _rows; // those that are trained on first
    private readonly float[] _scores, _gradient, _hessian;
    private readonly List<SoftLeaf[]> _trees = [];

    /// <summary>Starts with no tree: every row's score is the log-odds.</summary>
    /// <param name="columns">The columns of all rows.</param>
    /// <param name="plan">How trees are grown.</param>
    /// <param name="trainedOn">The rows that they are trained on.</param>
    /// <param name="leftOut">Other rows that are to be scored.</param>
    /// <param name="seed">Where the random numbers start.</param>
    /// <param name="threads">How many threads may work.</param>
    public BoostedTrees(TreeColumns columns, TreePlan plan, int[] trainedOn, int[] leftOut, int seed, int threads)
    {
        (_columns, _plan) = (columns, plan);
        _random = new Xoshiro256StarStar(seed, threadSafe: false);
        _grower = new TreeGrower(columns, plan, threads);
        (_rows, LeftOut) = ([.. trainedOn, .. leftOut], leftOut);
        int n = columns.Rows.Count;
        (_scores, _gradient, _hessian) = (new float[n], new float[n], new float[n]);
        LogOdds = BaseRate.LogOdds(columns.Rows, trainedOn);
        Array.Fill(_scores, (float)LogOdds);
    }

    /// <summary>The score before the first tree.</summary>
    public double LogOdds { get; }

    /// <summary>The rows left out.</summary>
    public int[] LeftOut { get; }

    /// <summary>The leaves of each tree.</summary>
    public IReadOnlyList<SoftLeaf[]> Trees => _trees;

    /// <summary>The scores of all rows, those left out included.</summary>
    public ReadOnlySpan<float> Scores => _scores;

    /// <summary>Adds a tree.</summary>
    public void Grow()
    {
        SetDerivatives();
        List<TreeNode> nodes = _grower.Grow(_rows, _rows.Length - LeftOut.Length, _gradient, _hessian, _random);
        _trees.Add([.. nodes.Select(ToLeaf)]);
    }

    /// <summary>The loss of the rows left out, summed up by weight.</summary>
    public double LossOfLeftOut()
    {
        float[] labels = _columns.Rows.Labels;
        float[]? weights = _columns.Rows.Weights;
        double loss = 0;
        foreach (int row in LeftOut)
            loss += (weights?[row] ?? 1) * LogLoss.Of(_scores[row], labels[row]);
        return loss;
    }

    // dL/dz = a - y and d²L/dz² = a (1 - a), by weight.
    private void SetDerivatives()
    {
        LogisticLoss.Derivatives(_scores, _columns.Rows.Labels, _gradient, _hessian, LeastHessian);
        if (_columns.Rows.Weights is not float[] weights)
            return;
        TensorPrimitives.Multiply(_gradient, weights, _gradient);
        TensorPrimitives.Multiply(_hessian, weights, _hessian);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private SoftLeaf ToLeaf(TreeNode node)
    {
        double g = 0, h = 0;
        int[] rows = node.Rows;
        float[] membership = node.Membership;
        for (int a = 0; a < node.Trained; a++)
        {
            double mu = membership[a];
            g += mu * _gradient[rows[a]];
            h += mu * mu * _hessian[rows[a]];
        }

        float value = (float)(-_plan.Rate * g / (h + _plan.L2));
        for (int a = 0; a < node.Count; a++)
            _scores[rows[a]] += value * membership[a];
        node.Release();
        return new SoftLeaf(node.Path, value);
    }
}
