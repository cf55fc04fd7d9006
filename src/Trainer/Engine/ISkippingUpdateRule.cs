namespace MlNetShallowNet.Engine;

/// <summary>
/// A rule that need not update everything in every step. With sparse rows most rows of W1ᵀ have no gradient in most steps; they are left
/// alone until their feature occurs again. Then <see cref="CatchUpRows"/> does to the weights in one go what the steps since would have
/// done, and <see cref="UpdateRows"/> does so to the rule's state as it takes in the new gradient: a row is read once where it is needed.
/// </summary>
internal interface ISkippingUpdateRule : IUpdateRule
{
    /// <summary>Whether steps without a gradient can be made up for with this penalty.</summary>
    bool CanSkip(float l2);

    /// <summary>Whether rows are left behind from now on; everything is up to date when this changes.</summary>
    bool IsSkipping { set; }

    /// <summary>Brings the weights in rows of a panel of W1ᵀ from the step that they are at to the present.</summary>
    /// <param name="panel">The panel, all its rows.</param>
    /// <param name="offset">Where the panel begins among all parameters.</param>
    /// <param name="width">Numbers in a row.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="since">For every row of the panel the step it is at; at most <see cref="SkippedSteps.Most"/> steps ago.</param>
    /// <param name="stateToo">
    /// Whether the rule's state comes along; if not, <see cref="UpdateRows"/> has to be next, in the step that begins now.
    /// </param>
    void CatchUpRows(Span<float> panel, int offset, int width, ReadOnlySpan<int> rows, ReadOnlySpan<int> since, bool stateToo);

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
    void UpdateRows(
        Span<float> panel, ReadOnlySpan<float> gradient, int offset, int width, ReadOnlySpan<int> rows, ReadOnlySpan<int> since, float scale,
        float l2);
}
