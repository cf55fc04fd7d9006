using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

public class EncodingFitTests
{
    private static DenseRows Rows(float[]? weights, params float[][] columns)
    {
        int m = columns[0].Length;
        float[] values = [.. Enumerable.Range(0, m).SelectMany(i => columns.Select(c => c[i]))];
        return new DenseRows(columns.Length, values, [.. Enumerable.Range(0, m).Select(i => (float)(i % 2))], weights);
    }

    private static float[] Column(int count, Func<int, float> value) => [.. Enumerable.Range(0, count).Select(value)];

    private static InputEncoding Fit(int intervals, params float[][] columns) => new EncodedInputs(EncodingFit.Fit(Rows(null, columns), intervals, 1), 1).Encoding;

    [Fact]
    public void KnotsAreAtQuantiles()
    {
        InputEncoding encoding = Fit(4, Column(401, i => i * 137 % 401));
        Assert.Equal([0, 100, 200, 300, 400], encoding.Knots(0).ToArray());
        Assert.Equal((0, 400), (encoding.Lower[0], encoding.Upper[0]));
    }

    [Fact]
    public void AFrequentValueGetsAKnotAndTheOthersShareTheRest()
    {
        // Two thirds zeros, the rest 1 to 100.
        float[] knots = Fit(4, Column(300, i => i < 200 ? 0 : i - 199)).Knots(0).ToArray();
        Assert.Equal([0, 26, 51, 76, 100], knots);
    }

    [Fact]
    public void WeightsMoveQuantiles()
    {
        float[] x = Column(100, i => i);
        float[] heavyAbove = Column(100, i => i < 50 ? 1 : 3);
        float median = EncodingFit.Fit(Rows(heavyAbove, x), 2, 1)[0].Knots[1];
        Assert.Equal(66, median); // 50 + 3 * 50 = 200; half of it is passed at 50 + 50 / 3
    }

    [Fact]
    public void ConstantAndRepeatedFeaturesAreLeftOut()
    {
        float[] x = Column(50, i => i * 7 % 50);
        InputEncoding encoding = Fit(4, Column(50, _ => 1234.5f), x, x, Column(50, i => i % 2), Column(50, i => 1 - i % 2));
        Assert.Equal([0, 5, 0, 1, 1], Enumerable.Range(0, 5).Select(d => encoding.Knots(d).Length));
    }

    // Rows of every hour after every other: a sample at equal distances would miss some of them.
    [Fact]
    public void ValuesThatTakeTurnsAreAllSeen()
    {
        InputEncoding encoding = Fit(64, Column(100_000, i => i % 10));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], encoding.Knots(0).ToArray());
    }

    [Theory]
    [InlineData(16777215f, 16777216f)]
    [InlineData(0.99999994f, 1f)]
    [InlineData(-1f, -0.99999994f)]
    public void NeighbouringNumbersAreTwoValues(float one, float other)
    {
        InputEncoding encoding = Fit(8, Column(100, i => i % 3 == 0 ? one : other));
        Assert.Equal([other], encoding.Knots(0).ToArray());
        Assert.Equal((one, other), (encoding.Lower[0], encoding.Upper[0]));
    }

    // 1 / 1e-40 is no single-precision number.
    [Fact]
    public void KnotsAreFarEnoughApartForASlope()
    {
        float[] x = Column(1000, i => i < 500 ? i * 1e-42f : i);
        InputEncoding encoding = Fit(16, x);
        for (int i = 0; i < 1000; i++)
            Assert.All(Encoded(encoding, x[i]), v => Assert.InRange(v, 0, 1));
        Assert.Throws<ArgumentException>(() => new InputEncoding([0f], [1f], [[0f, 1e-39f, 1f]]));

        static float[] Encoded(InputEncoding encoding, float x)
        {
            float[] columns = new float[encoding.ColumnCount];
            encoding.Encode([x], columns);
            return columns;
        }
    }

    [Fact]
    public void OnlyConstantFeaturesStillMakeARow()
    {
        InputEncoding encoding = Fit(4, Column(9, _ => 3), Column(9, _ => 0));
        Assert.Equal(1, encoding.ColumnCount);
    }

    [Fact]
    public void HugeRangesStayFinite()
    {
        InputEncoding encoding = Fit(8, Column(100, i => i == 99 ? 3e38f : i), Column(100, i => 1e-38f * i), Column(100, i => (i - 50) * 6e36f));
        float[] columns = new float[encoding.ColumnCount];
        foreach (float x in new[] { -3e38f, 0, 1e-40f, 17, 3e38f })
        {
            encoding.Encode([x, x, x], columns);
            Assert.All(columns, c => Assert.InRange(c, 0, 1));
        }
    }

    [Fact]
    public void QuantilesOfManyRowsCoverTheWholeRange()
    {
        // More rows than quantiles are taken of; the ends are in rows that are passed over.
        float[] x = Column(120_000, i => i == 1 ? -50 : i == 119_999 ? 5000 : i % 1000);
        InputEncoding encoding = Fit(8, x);
        Assert.Equal((-50, 5000), (encoding.Knots(0)[0], encoding.Knots(0)[^1]));
        Assert.InRange(encoding.Knots(0)[4], 450, 550);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void TrainingSeesWhatTheModelScores(bool sparse, bool keepsRows)
    {
        // A network on the columns that training reads, folded, gives the same scores on the model's columns.
        var random = new Random(5);
        DenseRows dense = Rows(
            null, Column(80, _ => random.NextSingle() * 100 - 30), Column(80, i => i % 3 == 0 ? 7 : -2), Column(80, _ => MathF.Exp(random.NextSingle() * 9)),
            Column(80, _ => 5), Column(80, i => i % 20 == 0 ? i + 1 : 0), Column(80, i => i % 4 == 0 ? random.NextSingle() : 0));
        TrainingRows rows = sparse ? EngineProblem.Sparse(dense.FeatureCount, dense.Values, dense.Labels, null) : dense.Copy();
        var inputs = new EncodedInputs(EncodingFit.Fit(rows, 5, 1), 1, keepsRows, [new FeatureCross(0, 2, 2, 3), new FeatureCross(4, 1, 5, 1)]);
        var trained = (EncodedRows)inputs.Prepare(rows);
        Assert.InRange(inputs.Ramps.Count, 2, dense.FeatureCount - 2); // another column is between them
        if (rows is DenseRows kept)
        {
            Assert.Equal(!keepsRows, ReferenceEquals(kept.Values, trained.Positions));
            Assert.Equal(keepsRows, kept.Values.SequenceEqual(dense.Values));
        }
        int T = inputs.ColumnCount;
        NetworkParameters network = NetworkInitializer.Draw(T, 6, Activation.Tanh, WeightInitialization.Auto, 4), folded = inputs.Fold(network);
        double[] seen = Score(network, EncodedProblem.Columns(trained)), model = Score(folded, EncodedProblem.Columns(inputs.Encoding, dense));
        // Positions and scaled columns are rounded to single precision, at up to 5 intervals and for a scale of 2 / range.
        for (int i = 0; i < seen.Length; i++)
            Assert.Equal(seen[i], model[i], 2e-6);

        static double[] Score(NetworkParameters n, Matrix<double> X) => TextbookNetwork.Forward(n, X).Z2.Row(0).ToArray();
    }

    [Theory]
    [InlineData(true, 0.5f, false)]
    [InlineData(false, 0.5f, true)] // one of few columns, which may be a rate
    [InlineData(true, 5, true)] // not a part of a vector of length 1
    public void WordsInManyRowsKeepTheirScaleWhereThereAreFarMoreOfThemThanRows(bool isFarWider, float largest, bool hasKnots)
    {
        SparseRows rows = EngineProblem.Sparse(1, Column(100, i => largest * (i % 50) / 51), Column(100, i => i % 2), null);
        FittedFeature word = EncodingFit.Fit(rows, 8, 1, isFarWider).Single();
        Assert.Equal(hasKnots, word.HasKnots);
        Assert.Equal(hasKnots ? 0 : 1, word.Scale);
    }

    [Fact]
    public void OfFarMoreColumnsThanRowsTheSquaresCountNotHowManyThereAre()
    {
        DataShape Shape(int columns, float value)
        {
            float[] dense = new float[2 * columns];
            dense.AsSpan(0, 16).Fill(value);
            return new DataInMemory(EngineProblem.Sparse(columns, dense, [0, 1], null)).Shape;
        }

        Assert.Equal((8, 8, 2, 1), (Shape(20, 0.5f).ActiveFeatures, Shape(21, 3).ActiveFeatures, Shape(21, 0.5f).ActiveFeatures, Shape(21, 0.01f).ActiveFeatures));
    }

    [Fact]
    public void FeaturesOfFewValuesGetAKnotAtEachWhereThatIsAsked()
    {
        DenseRows rows = Rows(null, Column(3100, i => i % 31), Column(3100, i => i % 65), Column(3100, i => i % 31));
        FittedFeature[] features = EncodingFit.Fit(rows, 8, 1, byValue: d => d != 2);
        Assert.Equal(Enumerable.Range(0, 31).Select(k => (float)k), features[0].Knots);
        Assert.InRange(features[1].Knots.Length, 2, 12); // 65 values are not few
        Assert.InRange(EncodingFit.Fit(rows, 8, 1)[0].Knots.Length, 2, 12);
    }

    [Theory]
    [InlineData(0.01f, 1)] // a word of a text
    [InlineData(1, 1)] // one-hot
    [InlineData(50, 0.02f)] // a count
    public void SparseColumnsAreScaledWhereTheirValuesAreBeyondOne(float value, float scale)
    {
        SparseRows rows = EngineProblem.Sparse(1, Column(100, i => i % 20 == 0 ? value : 0), Column(100, i => i % 2), null);
        Assert.Equal(scale, EncodingFit.Fit(rows, 4, 1)[0].Scale, 1e-6f);
    }

    [Fact]
    public void ASingleColumnIsClampedInTrainingAsInTheModel()
    {
        FittedFeature[] features = EncodingFit.Fit(Rows(null, Column(20, i => i % 2), Column(20, i => i)), 4, 1);
        var inputs = new EncodedInputs(features, 1);
        DenseRows beyond = Rows(null, [-5, 9, 0.5f], [-1, 30, 3]);
        NetworkParameters network = NetworkInitializer.Draw(inputs.ColumnCount, 3, Activation.Tanh, WeightInitialization.Auto, 4);
        Matrix<double> trained = TextbookNetwork.Forward(network, EncodedProblem.Columns((EncodedRows)inputs.Prepare(beyond))).Z2;
        Matrix<double> model = TextbookNetwork.Forward(inputs.Fold(network), EncodedProblem.Columns(inputs.Encoding, beyond)).Z2;
        Assert.InRange((trained - model).InfinityNorm(), 0, 3 * 2e-6);
    }

    [Fact]
    public void MorePositionsThanAnArrayHoldsAreToldOf()
    {
        const int many = 50_000;
        var feature = new FittedFeature { Least = 0, Greatest = 1, Knots = [0, 1], Line = [-1, 1], MeanColumns = [0.5f, 0.5f] };
        var inputs = new EncodedInputs([.. Enumerable.Repeat(feature, many)], 1);
        var rows = new SparseRows(many, new int[many + 1], [], [], new float[many]);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => inputs.Prepare(rows));
        Assert.Contains("Of 50000 sparse rows 50000 features", error.Message);
        Assert.Contains("Lower MemoryBudgetMegabytes", error.Message);
    }

    [Fact]
    public void LinesAreTheFeatureStandardisedAndRampsHaveMeanZero()
    {
        var random = new Random(5);
        float[] x = Column(500, i => i == 7 ? 50 : MathF.Exp(random.NextSingle() * 2)), weights = Column(500, _ => random.NextSingle() + 0.1f);
        DenseRows rows = Rows(weights, x);
        FittedFeature feature = EncodingFit.Fit(rows, 8, 1)[0];
        var inputs = new EncodedInputs([feature], 1);
        Matrix<double> X = EncodedProblem.Columns((EncodedRows)inputs.Prepare(rows));
        Vector<double> w = Vector<double>.Build.DenseOfEnumerable(weights.Select(v => (double)v)) / weights.Sum(v => (double)v);
        Vector<double> line = X.TransposeThisAndMultiply(Vector<double>.Build.DenseOfEnumerable(feature.Line.Select(v => (double)v)));
        // 500 values that are rounded to single precision each.
        Assert.Equal(0, w * line, 1e-5);
        Assert.Equal(1, w * line.PointwiseMultiply(line), 1e-5);
        for (int k = 0; k < feature.Knots.Length; k++)
            Assert.Equal(w * X.Row(k), feature.MeanColumns[k], 1e-5);
    }

    /// <summary>The numbers of 60 shops get a knot each where that is allowed and 50 rows are of each; their sizes, which a curve is enough for, do not.</summary>
    [Theory]
    [InlineData(4_000, true, 60)]
    [InlineData(4_000, false, 9)]
    [InlineData(2_900, true, 9)]
    public void ValuesThatTellGetAKnotEach(int count, bool atValues, int knots)
    {
        var random = new Random(5);
        double[] effects = [.. Enumerable.Range(0, 60).Select(_ => random.NextDouble() < 0.5 ? -2.0 : 2.0)];
        float[] shop = new float[count], size = new float[count], labels = new float[count];
        for (int i = 0; i < count; i++)
        {
            (shop[i], size[i]) = (i % 60, random.Next(60));
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-effects[i % 60] - size[i] / 20 + 1.5)) ? 1 : 0;
        }
        float[] values = [.. Enumerable.Range(0, count).SelectMany(i => new[] { shop[i], size[i] })];
        FittedFeature[] features = EncodingFit.Fit(new DenseRows(2, values, labels, null), 8, 1, atValues: atValues);
        Assert.Equal(knots, features[0].Knots.Length);
        Assert.Equal(9, features[1].Knots.Length);
    }
}
