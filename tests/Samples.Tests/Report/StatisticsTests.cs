using System.Globalization;
using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML.Data;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Samples.Report.Statistics;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.SamplesTests.Report;

public class StatisticsTests
{
    private static readonly JsonElement[] _cases = [.. JsonDocument.Parse(File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, "Report", "oracle", "statistics.json"))).RootElement.GetProperty("cases").EnumerateArray()];

    public static TheoryData<string> Cases => [.. _cases.Select(c => c.GetProperty("name").GetString()!)];

    // Sums of some hundred doubles, in another order than NumPy's.
    private const double Rounding = 1e-12;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Areas_and_losses_equal_those_of_scikit_learn(string name)
    {
        (JsonElement oracle, ScoredRows rows) = Find(name);
        Assert.Equal(Number(oracle, "rocArea"), Curve.Roc(rows).Area, Rounding);
        Assert.Equal(Number(oracle, "averagePrecision"), Curve.PrecisionRecall(rows).Area, Rounding);
        Assert.Equal(Number(oracle, "logLoss"), Losses.OfRows(rows).Average(), Rounding);
        Assert.Equal(Number(oracle, "calibrationError"), new Calibration(rows).Error, Rounding);
    }

    [Fact]
    public void Of_many_columns_those_that_add_most_to_scores_are_measured()
    {
        const int D = 150, Rows = 60, Telling = 120;
        var random = new Random(3);
        float[][] values = [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Range(0, D).Select(_ => random.NextSingle() - 0.5f).ToArray())];
        float[] w1 = [.. Enumerable.Range(0, D).Select(d => d == Telling ? 1 : d % 2 == 0 ? 0 : 0.001f)];
        var network = new ShallowNetworkModelParameters(Activation.Tanh, D, w1, [0], [1], 0);
        FeatureRows Of(int columns) => new(
            [.. values.Select(row => new VBuffer<float>(D, row))], [.. Enumerable.Range(0, D).Select(d => $"x{d}")],
            [.. Enumerable.Range(0, columns).Select(d => new InputColumn($"x{d}", [d]))]);
        bool[] labels = [.. values.Select(row => row[Telling] > 0)];
        IReadOnlyList<PermutationImportance> of = PermutationImportance.Measure(network, Of(D), labels, 1);
        Assert.Equal((PermutationImportance.MostColumns, $"x{Telling}"), (of.Count, of[0].Column));
        Assert.InRange(of[0].Drop, 0.3, 0.7);
        Assert.Equal(75, of.Count(i => int.Parse(i.Column[1..], CultureInfo.InvariantCulture) % 2 == 1));
        Assert.Equal(PermutationImportance.MostColumns, PermutationImportance.Measure(network, Of(PermutationImportance.MostColumns), labels, 1).Count);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Curves_have_the_points_of_scikit_learn(string name)
    {
        (JsonElement oracle, ScoredRows rows) = Find(name);
        IReadOnlyList<(double X, double Y)> roc = Curve.Roc(rows).Points, pr = Curve.PrecisionRecall(rows).Points;
        Assert.Equal(Numbers(oracle, "fpr"), roc.Select(p => p.X));
        Assert.Equal(Numbers(oracle, "tpr"), roc.Select(p => p.Y));

        // scikit-learn leaves out what comes after the last yes has been found; the average precision does not change there.
        double[] recall = Numbers(oracle, "recall");
        Assert.Equal(recall, pr.Take(recall.Length).Select(p => p.X));
        Assert.Equal(Numbers(oracle, "precision"), pr.Take(recall.Length).Select(p => p.Y));
        Assert.All(pr.Skip(recall.Length), p => Assert.Equal(1, p.X));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decisions_at_a_threshold_equal_those_of_scikit_learn(string name)
    {
        (JsonElement oracle, ScoredRows rows) = Find(name);
        Confusion at = Confusion.At(rows, 0.3);
        double[] counts = [at.TruePositives, at.FalsePositives, at.FalseNegatives, at.TrueNegatives];
        Assert.Equal(Numbers(oracle, "confusionAt0.3"), counts);
        Assert.Equal(Number(oracle, "f1At0.3"), at.F1, Rounding);
    }

    [Fact]
    public void Inputs_of_another_row_change_scores_alike_whether_rows_are_sparse_or_not()
    {
        const int D = 40, n = 300;
        Random random = new(2);
        float[] w1 = [.. Enumerable.Range(0, 3 * D).Select(_ => random.NextSingle() - 0.5f)];
        var model = new ShallowNetworkModelParameters(Activation.Tanh, D, w1, [0.1f, 0, -0.2f], [1, -2, 0.5f], 0.3f);
        VBuffer<float>[] sparse = [.. Enumerable.Range(0, n).Select(i => new VBuffer<float>(D, 2, [1 + random.NextSingle(), -random.NextSingle()], [i % 19, 20 + i % 20]))];
        VBuffer<float>[] dense = [.. sparse.Select(row => new VBuffer<float>(D, [.. row.DenseValues().Select(v => v == 0 ? 1e-30f : v)]))];
        string[] names = [.. Enumerable.Range(0, D).Select(d => $"{d}")];
        int[] others = [.. Enumerable.Range(0, n).Reverse()], inputs = [.. Enumerable.Range(5, 20)];
        float[] mixed = new FeatureRows(sparse, names, []).Scores(model, others, inputs), asDense = new FeatureRows(dense, names, []).Scores(model, others, inputs);
        for (int i = 0; i < n; i++)
        {
            float[] row = [.. sparse[i].DenseValues()];
            float[] other = [.. sparse[others[i]].DenseValues()];
            foreach (int d in inputs)
                row[d] = other[d];
            Assert.Equal(model.Score(row), mixed[i], 1e-5f);
            Assert.Equal(model.Score(row), asDense[i], 1e-5f);
        }
    }

    [Fact]
    public void An_input_that_is_encoded_moves_a_unit_by_all_its_weights_together()
    {
        // One unit reads feature 0 as it is and feature 1 by two knots, 0 and 2.
        var encoding = new InputEncoding([-100, -100], [100, 100], [[0f], [0f, 2f]]);
        float[] rows = [-1, -3, 1, 0.5f, 2, 1, 4, 5];
        const float W0 = 0.5f;
        var model = ShallowNetworkModelParameters.FromNetworkParameters(
            new NetworkParameters(Matrix<double>.Build.DenseOfRowArrays([W0, 1.5, -4]), Vector<double>.Build.Dense(1, 0.3),
                Matrix<double>.Build.Dense(1, 1, 1.0), 0, Activation.Identity), encoding: encoding);
        var influences = new UnitInfluences(model, new FeatureRows([.. rows.Chunk(2).Select(row => new VBuffer<float>(2, row))], ["a", "b"], []), [0]);

        // The unit is the identity, so the score says what each feature adds: score with the other feature held.
        double[] byA = [.. Enumerable.Range(0, 4).Select(i => (double)model.Score([rows[2 * i], 0]))];
        double[] byB = [.. Enumerable.Range(0, 4).Select(i => (double)model.Score([0, rows[2 * i + 1]]))];
        Assert.Equal(Deviation(byA), influences.Of(0, 0), 1e-5);
        Assert.Equal(Deviation(byB), Math.Abs(influences.Of(0, 1)), 1e-5);
        Assert.Equal(Math.Sign(Covariance(byB, [-3, 0.5, 1, 5])), Math.Sign(influences.Of(0, 1)));
    }

    private static double Deviation(double[] values) => Math.Sqrt(Covariance(values, values));

    private static double Covariance(double[] a, double[] b) => a.Zip(b).Average(p => (p.First - a.Average()) * (p.Second - b.Average()));

    [Fact]
    public void Right_probabilities_stay_below_the_error_that_chance_allows_and_wrong_ones_do_not()
    {
        var random = new Random(1);
        double[] p = [.. Enumerable.Range(0, 2000).Select(_ => random.NextDouble())];
        bool[] labels = [.. p.Select(v => random.NextDouble() < v)];
        double[] tooSure = [.. p.Select(v => 1 / (1 + Math.Pow((1 - v) / v, 3)))];
        var right = new Calibration(new ScoredRows(labels, p, p));
        var wrong = new Calibration(new ScoredRows(labels, tooSure, tooSure));
        Assert.True(right.Error < right.ErrorByChance, $"{right.Error} {right.ErrorByChance}");
        Assert.True(wrong.Error > 2 * wrong.ErrorByChance, $"{wrong.Error} {wrong.ErrorByChance}");
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(3, 8)]
    [InlineData(70, 80)]
    [InlineData(80, 80)]
    public void An_interval_of_a_share_ends_where_the_share_is_just_as_far_off_as_it_may_be(int successes, int count)
    {
        (double low, double high) = Intervals.OfShare(successes, count);
        double share = successes / (double)count;
        foreach (double p in (double[])[low, high])
        {
            if (p is > 1e-9 and < 1 - 1e-9)
                Assert.Equal(Intervals.Z, Math.Abs(share - p) / Math.Sqrt(p * (1 - p) / count), 1e-9);
        }

        Assert.InRange(share, low - 1e-15, high + 1e-15);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_standard_error_of_the_area_is_that_of_its_definition_over_all_pairs(string name)
    {
        (_, ScoredRows rows) = Find(name);
        double[] yes = [.. rows.Scores.Where((_, i) => rows.Labels[i])], no = [.. rows.Scores.Where((_, i) => !rows.Labels[i])];
        static double Wins(double a, double b) => a > b ? 1 : a == b ? 0.5 : 0;
        double[] ofYes = [.. yes.Select(a => no.Average(b => Wins(a, b)))], ofNo = [.. no.Select(b => yes.Average(a => Wins(a, b)))];
        static double Variance(double[] v) => v.Sum(x => (x - v.Average()) * (x - v.Average())) / (v.Length - 1.0) / v.Length;
        double expected = yes.Length < 2 || no.Length < 2 ? double.NaN : Math.Sqrt(Variance(ofYes) + Variance(ofNo));
        Assert.Equal(expected, Intervals.RocStandardError(rows), 1e-12);
    }

    private static (JsonElement Oracle, ScoredRows Rows) Find(string name)
    {
        JsonElement one = _cases.Single(c => c.GetProperty("name").GetString() == name);
        return (one, new ScoredRows([.. Numbers(one, "labels").Select(l => l == 1)], Numbers(one, "scores"),
            Numbers(one, "probabilities")));
    }

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    private static double[] Numbers(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];
}
