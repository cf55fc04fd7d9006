using static Microsoft.ML.Transforms.NormalizingTransformer;

namespace Microsoft.ML.Transforms;

/// <summary>What a fitted normalizer does to the slots of a column, a scalar counting as one, and its numbers for the public API.</summary>
internal sealed class ColumnFunction<T>(bool isVector, int slots, bool movesZero, Func<T, int, T> apply,
    NormalizerModelParametersBase parameters) where T : struct, IFloatingPointIeee754<T>
{
    public NormalizerModelParametersBase Parameters => parameters;

    public Delegate MakeGetter(DataViewRow input, DataViewSchema.Column column)
    {
        if (!isVector)
            return Elementwise.MakeGetter(input, column, apply, Layout.Compact);
        var getter = input.GetGetter<VBuffer<T>>(column);
        return Elementwise.MakeGetter((ValueGetter<VBuffer<T>>)((ref vector) =>
        {
            getter(ref vector);
            Contracts.Check(vector.Length == slots, $"Normalizer expected {slots} slots, but got {vector.Length}");
        }), apply, Layout.Compact, keepsZero: !movesZero);
    }
}

/// <summary>The functions that normalizers fit.</summary>
internal static class ColumnFunctions<T> where T : struct, IFloatingPointIeee754<T>
{
    // (value - offset) * scale; null for no offset.
    public static ColumnFunction<T> Affine(bool isVector, T[] scale, T[] offset) => new(isVector, scale.Length, offset != null,
        (value, slot) => (offset == null ? value : value - offset[slot]) * scale[slot], isVector
            ? new AffineNormalizerModelParameters<ImmutableArray<T>>(ImmutableArray.Create(scale), ImmutableArray.Create(offset))
            : new AffineNormalizerModelParameters<T>(scale[0], offset?[0] ?? T.Zero));

    // The cumulative normal distribution of a value or its logarithm; 0 where that is not finite or was constant.
    public static ColumnFunction<T> Cdf(bool isVector, T[] mean, T[] deviation, bool useLog)
    {
        var (two, a) = (T.CreateChecked(2), T.CreateChecked(0.147));
        return new ColumnFunction<T>(isVector, mean.Length, false, Apply, isVector ? new CdfNormalizerModelParameters<ImmutableArray<T>>(
            ImmutableArray.Create(mean), ImmutableArray.Create(deviation), useLog)
            : new CdfNormalizerModelParameters<T>(mean[0], deviation[0], useLog));
        T Apply(T value, int slot)
        {
            if (useLog)
                value = T.CreateTruncating(Math.Log(double.CreateChecked(value)));
            if (!(deviation[slot] > T.Epsilon) || !T.IsFinite(value))
                return T.Zero;
            // erf by Winitzki's approximation; which steps are rounded to T is part of the result.
            var x = (value - mean[slot]) / deviation[slot];
            var half = x * x / two;
            var ax = a * half;
            double exponent = double.CreateChecked(-half) * (4 / Math.PI + double.CreateChecked(ax)) / double.CreateChecked(T.One + ax);
            return T.CreateTruncating(0.5 + 0.5 * T.Sign(x) * Math.Sqrt(1 - Math.Exp(exponent)));
        }
    }

    // The number of the value's bin over that of the last bin, less where zero falls if it is to stay zero; NaN stays NaN.
    public static ColumnFunction<T> Bin(bool isVector, T[][] upperBounds, bool fixZero)
    {
        T[] density = [.. upperBounds.Select(bounds => T.CreateChecked(Math.Max(1, bounds.Length - 1)))];
        T[] zeros = [.. upperBounds.Select((bounds, slot) => T.CreateChecked(Find(bounds, T.Zero)) / density[slot])];
        var offset = fixZero && zeros.Any(value => value != T.Zero) ? zeros : null;
        return new ColumnFunction<T>(isVector, upperBounds.Length, offset != null, Apply, isVector
            ? new BinNormalizerModelParameters<ImmutableArray<T>>([.. upperBounds.Select(bounds => ImmutableArray.Create(bounds))],
                ImmutableArray.Create(density), ImmutableArray.Create(offset))
            : new BinNormalizerModelParameters<T>([.. upperBounds[0]], density[0], offset?[0] ?? T.Zero));
        T Apply(T value, int slot)
        {
            if (T.IsNaN(value))
                return value;
            var bin = T.CreateChecked(Find(upperBounds[slot], value)) / density[slot];
            return offset == null ? bin : bin - offset[slot];
        }
    }

    // The first bin whose upper bound is not below the value. The last bound is infinite, so there always is one.
    private static int Find(T[] upperBounds, T value)
    {
        int bin = Array.BinarySearch(upperBounds, 0, upperBounds.Length - 1, value);
        return bin >= 0 ? bin : ~bin;
    }
}
