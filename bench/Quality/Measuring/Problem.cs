using Microsoft.ML;

namespace MlNetShallowNet.Quality.Measuring;

/// <summary>A table, with how it is split into rows to train on and rows to score: once, or in folds.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Splits">The splits, made when they are asked for.</param>
/// <param name="NeedsScaling">Whether a linear trainer wants the columns on one scale: not those of texts, which are.</param>
internal sealed record Problem(string Name, Func<MLContext, IEnumerable<Split>> Splits, bool NeedsScaling = true);
