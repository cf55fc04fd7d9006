namespace Microsoft.ML.Transforms;

/// <summary>Normalizes columns as it was fitted.</summary>
public sealed class NormalizingTransformer : OneToOneTransformerBase
{
    internal NormalizingTransformer(IHostEnvironment env, (string, string)[] columns, ColumnOperation[] operations)
        : base(env, columns, operations) { }

    /// <summary>What was fitted for a column pair, by its index.</summary>
    public NormalizerModelParametersBase GetNormalizerModelParameters(int index)
    {
        Contracts.CheckParam(index >= 0 && index < Operations.Length, nameof(index),
            $"There are {Operations.Length} column pairs, from 0 on, and no number {index}.");
        return ((NormalizeOperation)Operations[index]).Parameters;
    }

    [ModelLoader(nameof(NormalizingTransformer))]
    private static NormalizingTransformer Load(IHostEnvironment env, string[] outputs, string[] inputs, ColumnOperation[] operations)
        => new(env, [.. outputs.Zip(inputs)], operations);

    /// <summary>What was fitted for a column.</summary>
    public abstract class NormalizerModelParametersBase
    {
        private protected NormalizerModelParametersBase() { }
    }

    /// <summary>A value becomes (value - offset) * scale.</summary>
    public sealed class AffineNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal AffineNormalizerModelParameters(TData scale, TData offset) => (Scale, Offset) = (scale, offset);
        /// <summary>The scale, of each slot.</summary>
        public TData Scale { get; }
        /// <summary>The offset, of each slot; no items at all where none has one.</summary>
        public TData Offset { get; }
    }

    /// <summary>A value becomes the probability of a lower one under the normal distribution.</summary>
    public sealed class CdfNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal CdfNormalizerModelParameters(TData mean, TData standardDeviation, bool useLog)
            => (Mean, StandardDeviation, UseLog) = (mean, standardDeviation, useLog);
        /// <summary>The mean, of each slot.</summary>
        public TData Mean { get; }
        /// <summary>The standard deviation, of each slot.</summary>
        public TData StandardDeviation { get; }
        /// <summary>Whether the distribution is of the value's logarithm.</summary>
        public bool UseLog { get; }
    }

    /// <summary>A value becomes the number of its bin, divided by the density.</summary>
    public sealed class BinNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal BinNormalizerModelParameters(ImmutableArray<TData> upperBounds, TData density, TData offset)
            => (UpperBounds, Density, Offset) = (upperBounds, density, offset);
        /// <summary>The upper bounds of the bins, of each slot.</summary>
        public ImmutableArray<TData> UpperBounds { get; }
        /// <summary>The number of the last bin, at least 1, of each slot.</summary>
        public TData Density { get; }
        /// <summary>Where zero falls, of each slot; no items at all where it falls at zero.</summary>
        public TData Offset { get; }
    }
}
