namespace MlNetShallowNet.Engine;

/// <summary>
/// How a step changes the parameters once their gradient is known. The engine owns the parameters and calls <see cref="Update"/> for one
/// segment after another, from several threads at once; a rule keeps its state (momentum, moments) at the same offsets.
/// </summary>
internal interface IUpdateRule
{
    /// <summary>The factor of the step; a training loop with a schedule sets it before each step.</summary>
    float LearningRate { get; set; }

    /// <summary>Allocates the state for this many parameters, all zero, and starts again at step 0.</summary>
    /// <param name="parameterCount">How many.</param>
    /// <param name="lanes">Numbers in a vector, for <see cref="Update"/>.</param>
    /// <param name="rowLanes">Numbers in a vector for rows of W1ᵀ, which are whole vectors of this kind.</param>
    void Attach(int parameterCount, int lanes, int rowLanes);

    /// <summary>What the rule keeps of each parameter, in as many blocks as it keeps numbers.</summary>
    IReadOnlyList<AlignedFloats> State { get; }

    /// <summary>Goes on as after so many steps; <see cref="State"/> is then what it was there, with no row left behind.</summary>
    void GoOnAfter(int steps);

    /// <summary>Called once before the segments of a step are updated.</summary>
    /// <param name="l2">The penalty's factor on weights.</param>
    void BeginStep(float l2);

    /// <summary>Updates one segment with the gradient <c>scale * gradient + l2 * parameters</c>.</summary>
    /// <param name="parameters">The segment.</param>
    /// <param name="gradient">The segment's sums of w dL over the batch.</param>
    /// <param name="offset">Where the segment begins among all parameters.</param>
    /// <param name="scale">1 / sum of w.</param>
    /// <param name="l2">The penalty's factor; 0 for biases.</param>
    void Update(Span<float> parameters, ReadOnlySpan<float> gradient, int offset, float scale, float l2);
}
