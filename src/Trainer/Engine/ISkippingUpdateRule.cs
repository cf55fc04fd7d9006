namespace MlNetShallowNet.Engine;

/// <summary>
/// A rule that need not update everything in every step. With sparse rows most rows of W1ᵀ have no gradient in most steps; they are left
/// alone until their feature occurs again, and then <see cref="CatchUpRows"/> does in one go what the skipped steps would have done.
/// </summary>
internal interface ISkippingUpdateRule : IUpdateRule
{
    /// <summary>Whether steps without a gradient can be made up for with this penalty.</summary>
    bool CanSkip(float l2);

    /// <summary>Whether rows are left behind from now on; everything is up to date when this changes.</summary>
    bool IsSkipping { set; }

    /// <summary>Updates some rows of a panel of W1ᵀ that are up to date.</summary>
    /// <param name="panel">The panel, all its rows.</param>
    /// <param name="gradient">The gradients of the rows listed, one after another.</param>
    /// <param name="offset">Where the panel begins among all parameters.</param>
    /// <param name="width">Numbers in a row.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="scale">1 / sum of w.</param>
    /// <param name="l2">The penalty's factor.</param>
    void UpdateRows(
        Span<float> panel, ReadOnlySpan<float> gradient, int offset, int width, ReadOnlySpan<int> rows, float scale, float l2);

    /// <summary>Brings rows of a panel of W1ᵀ from the step that they are at to the present.</summary>
    /// <param name="panel">The panel, all its rows.</param>
    /// <param name="offset">Where the panel begins among all parameters.</param>
    /// <param name="width">Numbers in a row.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="since">For every row of the panel the step it is at; at most <see cref="SkippedSteps.Most"/> steps ago.</param>
    void CatchUpRows(Span<float> panel, int offset, int width, ReadOnlySpan<int> rows, ReadOnlySpan<int> since);
}
