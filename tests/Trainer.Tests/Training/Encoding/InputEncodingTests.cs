using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class InputEncodingTests
{
    // Three features: knots at -1, 0 and 2; left out; one column as it is, between 0 and 1.
    private static readonly InputEncoding _encoding = new([-1, 5, 0], [2, 5, 1], [[-1, 0, 2], [], [0]]);

    private static float[] Encoded(params float[] row)
    {
        float[] columns = new float[_encoding.ColumnCount];
        _encoding.Encode(row, columns);
        return columns;
    }

    [Theory]
    [InlineData(-1, 1, 0, 0)]
    [InlineData(-0.25, 0.25, 0.75, 0)]
    [InlineData(0, 0, 1, 0)]
    [InlineData(1.5, 0, 0.25, 0.75)]
    [InlineData(2, 0, 0, 1)]
    [InlineData(-7, 1, 0, 0)] // beyond the ends it is as at them
    [InlineData(1e30, 0, 0, 1)]
    [InlineData(float.PositiveInfinity, 0, 0, 1)]
    public void BetweenTwoKnotsTheirColumnsShareOne(float x, float left, float middle, float right) =>
        Assert.Equal([left, middle, right, 0.5f], Encoded(x, 5, 0.5f));

    [Theory]
    [InlineData(-3, 0)]
    [InlineData(0.25, 0.25)]
    [InlineData(9, 1)]
    public void AColumnAsItIsIsClamped(float x, float expected) => Assert.Equal(expected, Encoded(0, 5, x)[3]);

    [Fact]
    public void ANaNStaysOne()
    {
        Assert.True(float.IsNaN(Encoded(float.NaN, 5, 0)[0]));
        Assert.True(float.IsNaN(Encoded(0, 5, float.NaN)[3]));
    }

    public static TheoryData<int> KnotCounts() => [2, 3, 7, 8, 9, 16, 17, 63, 64, 65, 66, 100, 300];

    [Theory]
    [MemberData(nameof(KnotCounts))]
    public void AnyNumberOfKnotsIsSearchedRight(int count)
    {
        var random = new Random(count);
        var ascending = new SortedSet<float>();
        while (ascending.Count < count)
            ascending.Add(random.NextSingle() * 20 - 10 + (random.Next(2) == 0 ? 0 : MathF.Round(random.NextSingle() * 9)));
        float[] knots = [.. ascending];
        // Another feature before and behind, so that its knots may be mistaken for this one's.
        var encoding = new InputEncoding([-1, knots[0], -1], [1, knots[^1], 1], [[-100, 100], knots, [-100, 100]]);
        float[] values =
        [
            .. knots, .. knots.Select(MathF.BitIncrement), .. knots.Select(MathF.BitDecrement), .. knots.Zip(knots.Skip(1), (a, b) => (a + b) / 2),
            knots[0] - 5, knots[^1] + 5, float.MinValue, float.MaxValue, float.NegativeInfinity, float.PositiveInfinity,
        ];
        float[] columns = new float[encoding.ColumnCount];
        foreach (float x in values)
        {
            double clamped = Math.Clamp(x, knots[0], knots[^1]);
            int left = 0;
            while (left < count - 2 && knots[left + 1] <= clamped)
                left++;
            double fraction = (clamped - knots[left]) / ((double)knots[left + 1] - knots[left]);

            float found = encoding.Locate(1, x, out int interval);
            Assert.Equal(left, interval);
            // The difference, the slope and their product are rounded, each once.
            Assert.Equal(fraction, found, 3 * 6e-8);
            Assert.Equal(left + fraction, encoding.Position(1, x), 3 * 6e-8 + count * 6e-8);
            encoding.Encode([0, x, 0], columns);
            for (int k = 0; k < count; k++)
                Assert.Equal(k == left ? 1 - fraction : k == left + 1 ? fraction : 0, columns[2 + k], 4 * 6e-8);
            Assert.Equal([0.5f, 0.5f, 0.5f, 0.5f], (float[])[.. columns[..2], .. columns[^2..]]);
        }
        for (int k = 0; k < count; k++)
        {
            // Exactly on a knot; the last one is the end of an interval, where the fraction is rounded.
            double rounding = k < count - 1 ? 0 : 3 * 6e-8;
            Assert.Equal(k, encoding.Position(1, knots[k]), rounding * count);
            encoding.Encode([0, knots[k], 0], columns);
            Assert.Equal(1, columns[2 + k], rounding);
            Assert.Equal(1, columns[2..^2].Sum(), 6e-8);
        }
        Assert.True(float.IsNaN(encoding.Locate(1, float.NaN, out _)));
        Assert.True(float.IsNaN(encoding.Position(1, float.NaN)));
    }

    [Fact]
    public void ColumnsKnowTheirFeature()
    {
        Assert.Equal([(0, 0), (0, 0), (0, 0), (2, 2)], Enumerable.Range(0, 4).Select(_encoding.FeaturesOf));
        Assert.Throws<ArgumentOutOfRangeException>(() => _encoding.FeaturesOf(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => _encoding.FactorsOf(3));
        Assert.Equal(3, _encoding.FeatureCount);
        Assert.Equal(3, _encoding.LargestRow);
    }

    // Four one-hot features, of which the third is left out, and a feature with knots; the first two are crossed with it, and all with one another.
    private static readonly InputEncoding _crossed = new(
        [0, 0, 0, 0, -1], [1, 1, 1, 1, 2], [[0], [0], [], [0], [-1, 0, 2]], [new FeatureCross(0, 2, 4, 1), new FeatureCross(0, 2, 2, 3)]);

    [Fact]
    public void CrossedFeaturesHaveColumnsOfProducts()
    {
        Assert.Equal((6, 6 + 2 * 3 + 2 * 4), (_crossed.FirstCrossColumn, _crossed.ColumnCount));
        Assert.Equal([new FeatureCross(0, 2, 4, 1), new FeatureCross(0, 2, 2, 3)], _crossed.Crosses.ToArray());
        var random = new Random(3);
        float[] columns = new float[_crossed.ColumnCount], values = new float[_crossed.LargestRow];
        int[] indices = new int[_crossed.LargestRow];
        for (int i = 0; i < 200; i++)
        {
            float[] row = [.. Enumerable.Range(0, 4).Select(_ => (float)random.Next(2)), random.NextSingle() * 6 - 3];
            _crossed.Encode(row, columns);
            for (int t = _crossed.FirstCrossColumn; t < columns.Length; t++)
            {
                (int first, int second) = _crossed.FactorsOf(t);
                Assert.Equal(columns[first] * columns[second], columns[t]);
                Assert.Equal((_crossed.FeaturesOf(first).First, _crossed.FeaturesOf(second).First), _crossed.FeaturesOf(t));
            }
            int count = _crossed.Encode(row, indices, values);
            Assert.Equal(indices[..count].Order().Distinct(), indices[..count]);
            Assert.Equal(columns.Count(value => value != 0), values[..count].Count(value => value != 0));
            Assert.All(Enumerable.Range(0, count), k => Assert.Equal(columns[indices[k]], values[k]));
        }
        Assert.Equal([(0, 3), (0, 4), (0, 5), (1, 3)], Enumerable.Range(6, 4).Select(_crossed.FactorsOf));
    }

    [Theory]
    [InlineData(0, 2, 1, 2)] // ranges that overlap
    [InlineData(2, 1, 0, 1)] // the second before the first
    [InlineData(-1, 1, 2, 1)]
    [InlineData(0, 0, 2, 1)]
    [InlineData(0, 1, 4, 2)] // beyond the features
    [InlineData(0, 1, 4, int.MaxValue)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue)]
    public void OnlyTwoRangesOfFeaturesCanBeCrossed(int first, int firstCount, int second, int secondCount) => Assert.Contains(
        "must be among the 5 features", Assert.Throws<ArgumentException>(() => new InputEncoding(
            new float[5], new float[5], [[0], [0], [0], [0], [0]], [new FeatureCross(first, firstCount, second, secondCount)])).Message);

    [Fact]
    public void TooManyColumnsOfCrossesAreToldOf()
    {
        float[] none = new float[100_000];
        float[][] knots = [.. none.Select(_ => new float[1])];
        Assert.Contains("more than 2147483647", Assert.Throws<ArgumentException>(() =>
            new InputEncoding(none, none, knots, [new FeatureCross(0, 50_000, 50_000, 50_000)])).Message);
    }

    [Fact]
    public void SparseAndDenseFormsAgree()
    {
        var random = new Random(3);
        int[] indices = new int[_encoding.LargestRow];
        float[] values = new float[_encoding.LargestRow];
        for (int i = 0; i < 200; i++)
        {
            float[] row = [random.NextSingle() * 6 - 3, 5, random.Next(3) - 1];
            float[] written = new float[_encoding.ColumnCount];
            int count = _encoding.Encode(row, indices, values);
            for (int k = 0; k < count; k++)
                written[indices[k]] = values[k];
            Assert.Equal(Encoded(row), written);
        }
    }

    [Fact]
    public void WrongShapesAreToldOf()
    {
        Assert.Contains("as many", Assert.Throws<ArgumentException>(() => new InputEncoding([0, 0], [1], [[0]])).Message);
        Assert.Contains("bounds 1 and 0", Assert.Throws<ArgumentException>(() => new InputEncoding([1], [0], [[0]])).Message);
        Assert.Contains("ascend", Assert.Throws<ArgumentException>(() => new InputEncoding([0], [1], [[1, 0]])).Message);
        Assert.Contains("must be finite", Assert.Throws<ArgumentException>(() => new InputEncoding([0], [1], [[0, float.NaN]])).Message);
        Assert.Contains("At least one", Assert.Throws<ArgumentException>(() => new InputEncoding([0], [1], [[]])).Message);
        Assert.Contains("found 2 and 4", Assert.Throws<ArgumentException>(() => _encoding.Encode([1, 2], new float[4])).Message);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(200)]
    public void ManyValuesLieWhereEachAloneDoes(int knots)
    {
        var random = new Random(knots);
        float[] ofFeature = [.. Enumerable.Range(0, knots).Select(k => 3 * k + random.NextSingle() - knots)];
        var encoding = new InputEncoding([ofFeature[0], -1], [ofFeature[^1], 1], [ofFeature, [-1, 1]]);
        float[] values =
        [
            .. ofFeature, .. ofFeature.Select(MathF.BitIncrement), .. ofFeature.Select(MathF.BitDecrement),
            .. Enumerable.Range(0, 100).Select(_ => (random.NextSingle() * 4 - 2) * knots),
            float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -0f,
        ];
        foreach (int count in new[] { 1, 7, 8, 23, values.Length })
        {
            float[] fractions = values[^count..];
            int[] intervals = new int[count];
            encoding.Locate(0, fractions, intervals);
            for (int i = 0; i < count; i++)
            {
                float alone = encoding.Locate(0, values[^(count - i)], out int interval);
                Assert.Equal((interval, BitConverter.SingleToInt32Bits(alone)), (intervals[i], BitConverter.SingleToInt32Bits(fractions[i])));
            }
        }
    }

    [Fact]
    public void ANetworkOnItScoresAPiecewiseLinearFunctionOfTheFeature()
    {
        // One identity unit: the score at the knots is W1's, and between them it is in between.
        var model = ShallowNetworkModelParameters.FromNetworkParameters(
            new ShallowNetworkModelParameters(Activation.Identity, 4, [3, -1, 5, 2], [0], [1], 0.5f).ToNetworkParameters(), _encoding);
        Assert.Equal((3, 4), (model.FeatureCount, model.ColumnCount));
        Assert.Equal(3.5f, model.Score([-1, 5, 0]));
        Assert.Equal(1 + 0.5f, model.Score([-0.5f, 5, 0]));
        Assert.Equal(2 + 2 * 0.25f + 0.5f, model.Score([1, 5, 0.25f]));
        Assert.Equal(5.5f, model.Score([100, 5, 0]));
        Assert.True(float.IsNaN(model.Score([float.NaN, 5, 0])));
        // A sparse row's other features are 0, which is a value like any other: here the middle knot.
        Assert.Equal(model.Score([0, 0, 0.5f]), model.ScoreSparse([2], [0.5f]));
        float[] scores = new float[2];
        model.Score([-1, 5, 0, 1, 5, 0.25f], scores);
        Assert.Equal([3.5f, 3f], scores);
    }
}
