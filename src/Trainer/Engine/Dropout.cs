namespace MlNetShallowNet.Engine;

/// <summary>
/// Dropout (Srivastava et al., 2014): in each step every hidden unit of every row is left out with the given probability, and those that
/// stay are scaled up, so that expectations are kept and scoring needs no change.
/// </summary>
/// <param name="Hidden">The probability, in [0, 1).</param>
/// <param name="Seed">The seed; what is left out depends on it, the step, the row's place in the batch and the unit alone.</param>
internal readonly record struct Dropout(float Hidden, ulong Seed);
