namespace MlNetShallowNet.Training;

/// <summary>A soft split's share: s(x) = clamp((x - From) / (To - From), 0, 1) of a row goes to the right, the rest to the left.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="From">Up to here all goes to the left; below <paramref name="To"/>.</param>
/// <param name="To">From here on all goes to the right.</param>
/// <param name="IsLine">Whether the feature has no other values than these two, so that the share is a line.</param>
internal readonly record struct Ramp(int Feature, float From, float To, bool IsLine = false)
{
    public double At(double x) => Math.Clamp((x - From) / ((double)To - From), 0, 1);
}

/// <summary>One step of the way from the root to a leaf: through this split, to that side. A split of a one-hot encoded column by some of its categories is a
/// turn for each of these, all but the first with <paramref name="Or"/>: what goes to the right is the sum of their shares.</summary>
/// <param name="Ramp">The split.</param>
/// <param name="Right">Whether this is its right side.</param>
/// <param name="Or">Whether this belongs to the split of the turn before.</param>
internal readonly record struct Turn(Ramp Ramp, bool Right, bool Or = false);

/// <summary>
/// A leaf of a tree of soft splits. A row belongs to it by <c>mu(x) = max(0, sum of the sides' shares - (splits - 1))</c>: Łukasiewicz's
/// "and" of the shares along its path, which is one ReLU unit over ramps of single features.
/// </summary>
/// <param name="Path">The turns from the root to the leaf; none for a tree without a split.</param>
/// <param name="Value">What it adds to the score of a row that belongs to it wholly.</param>
internal sealed record SoftLeaf(IReadOnlyList<Turn> Path, double Value);
