namespace MlNetShallowNet.Engine;

/// <summary>
/// How a step changes the parameters once their gradient is known. The engine owns the parameters and calls <see cref="Update"/> for one
/// segment after another, from several threads at once; a rule keeps its state (momentum, moments) at the same offsets.
/// </summary>
/// <remarks>
/// A rule need not update everything in every step. With sparse rows most rows of W1ᵀ have no gradient in most steps; they are left
/// alone until their feature occurs again. Then <see cref="CatchUpRows"/> does to the weights in one go what the steps since would have
/// done, and <see cref="UpdateRows"/> does so to the rule's state as it takes in the new gradient: a row is read once where it is needed.
/// </remarks>
/// <param name="learningRate">The factor of the first step.</param>
internal abstract class UpdateRule(float learningRate)
{
    private int _lanes, _rowLanes;

    /// <summary>The factor of the step; a training loop with a schedule sets it before each step.</summary>
    public float LearningRate { get; set; } = learningRate;

    /// <summary>What the rule keeps of each parameter, in as many blocks as it keeps numbers.</summary>
    public abstract IReadOnlyList<AlignedFloats> State { get; }

    /// <summary>Whether rows are left behind from now on; everything is up to date when this changes.</summary>
    public virtual bool IsSkipping
    {
        set => Steps.IsKeeping = value;
    }

    /// <summary>What steps without a gradient add up to.</summary>
    protected SkippedSteps Steps { get; private set; } = null!;

    /// <summary>Allocates the state for this many parameters, all zero, and starts again at step 0.</summary>
    /// <param name="parameterCount">How many.</param>
    /// <param name="lanes">Numbers in a vector, for <see cref="Update"/>.</param>
    /// <param name="rowLanes">Numbers in a vector for rows of W1ᵀ, which are whole vectors of this kind.</param>
    public void Attach(int parameterCount, int lanes, int rowLanes)
    {
        (_lanes, _rowLanes) = (lanes, rowLanes);
        Steps = Start(parameterCount);
    }

    /// <summary>Goes on as after so many steps; <see cref="State"/> is then what it was there, with no row left behind.</summary>
    public void GoOnAfter(int steps) => Steps.GoOnAfter(steps);

    /// <summary>Whether steps without a gradient can be made up for with this penalty.</summary>
    public abstract bool CanSkip(float l2);

    /// <summary>Called once before the segments of a step are updated.</summary>
    /// <param name="l2">The penalty's factor on weights.</param>
    public abstract void BeginStep(float l2);

    /// <summary>Updates one segment with the gradient <c>scale * gradient + l2 * parameters</c>.</summary>
    /// <param name="parameters">The segment.</param>
    /// <param name="gradient">The segment's sums of w dL over the batch.</param>
    /// <param name="offset">Where the segment begins among all parameters.</param>
    /// <param name="scale">1 / sum of w.</param>
    /// <param name="l2">The penalty's factor; 0 for biases.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update(Span<float> parameters, ReadOnlySpan<float> gradient, int offset, float scale, float l2)
    {
        int done = _lanes switch
        {
            16 => Update<Lanes512, Vector512<float>>(parameters, gradient, offset, 0, scale, l2),
            8 => Update<Lanes256, Vector256<float>>(parameters, gradient, offset, 0, scale, l2),
            4 => Update<Lanes128, Vector128<float>>(parameters, gradient, offset, 0, scale, l2),
            _ => 0,
        };
        Update<Lanes1, float>(parameters, gradient, offset, done, scale, l2);
    }

    /// <summary>
    /// Takes the gradient of some rows of a panel of W1ᵀ, whose weights are up to date, into the rule's state, and brings that up to date.
    /// The weights change now, or when the row catches up.
    /// </summary>
    /// <param name="panel">The panel, all its rows.</param>
    /// <param name="gradient">The gradients of the rows listed, one after another.</param>
    /// <param name="offset">Where the panel begins among all parameters.</param>
    /// <param name="width">Numbers in a row.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="since">For every row of the panel the step that its state is at; the caller sets it to the present afterwards.</param>
    /// <param name="scale">1 / sum of w.</param>
    /// <param name="l2">The penalty's factor.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void UpdateRows(
        Span<float> panel, ReadOnlySpan<float> gradient, int offset, int width, ReadOnlySpan<int> rows, ReadOnlySpan<int> since, float scale,
        float l2)
    {
        switch (_rowLanes)
        {
            case 16: UpdateRows<Lanes512, Vector512<float>>(panel, gradient, offset, width, rows, since, scale, l2); break;
            case 8: UpdateRows<Lanes256, Vector256<float>>(panel, gradient, offset, width, rows, since, scale, l2); break;
            case 4: UpdateRows<Lanes128, Vector128<float>>(panel, gradient, offset, width, rows, since, scale, l2); break;
            default: UpdateRows<Lanes1, float>(panel, gradient, offset, width, rows, since, scale, l2); break;
        }
    }

    /// <summary>Brings the weights in rows of a panel of W1ᵀ from the step that they are at to the present.</summary>
    /// <param name="panel">The panel, all its rows.</param>
    /// <param name="offset">Where the panel begins among all parameters.</param>
    /// <param name="width">Numbers in a row.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="since">For every row of the panel the step it is at; at most <see cref="SkippedSteps.Most"/> steps ago.</param>
    /// <param name="stateToo">
    /// Whether the rule's state comes along; if not, <see cref="UpdateRows"/> has to be next, in the step that begins now.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CatchUpRows(Span<float> panel, int offset, int width, ReadOnlySpan<int> rows, ReadOnlySpan<int> since, bool stateToo)
    {
        switch (_rowLanes)
        {
            case 16: CatchUpRows<Lanes512, Vector512<float>>(panel, offset, width, rows, since, stateToo); break;
            case 8: CatchUpRows<Lanes256, Vector256<float>>(panel, offset, width, rows, since, stateToo); break;
            case 4: CatchUpRows<Lanes128, Vector128<float>>(panel, offset, width, rows, since, stateToo); break;
            default: CatchUpRows<Lanes1, float>(panel, offset, width, rows, since, stateToo); break;
        }
    }

    /// <summary>The state of this many parameters, all zero, and the steps that rows may skip.</summary>
    protected abstract SkippedSteps Start(int parameterCount);

    /// <summary>Updates whole vectors of a segment from a place on; returns where it ended.</summary>
    protected abstract int Update<L, V>(
        Span<float> parameters, ReadOnlySpan<float> gradient, int offset, int from, float scale, float l2)
        where L : ILanes<V> where V : struct;

    /// <inheritdoc cref="UpdateRows(Span{float}, ReadOnlySpan{float}, int, int, ReadOnlySpan{int}, ReadOnlySpan{int}, float, float)"/>
    protected abstract void UpdateRows<L, V>(
        Span<float> panel, ReadOnlySpan<float> gradient, int offset, int width, ReadOnlySpan<int> rows, ReadOnlySpan<int> since, float scale,
        float l2)
        where L : ILanes<V> where V : struct;

    /// <inheritdoc cref="CatchUpRows(Span{float}, int, int, ReadOnlySpan{int}, ReadOnlySpan{int}, bool)"/>
    protected abstract void CatchUpRows<L, V>(
        Span<float> panel, int offset, int width, ReadOnlySpan<int> rows, ReadOnlySpan<int> since, bool stateToo)
        where L : ILanes<V> where V : struct;
}
