using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using MlNetShallowNet.Learning;
using Xunit;

namespace MlNetShallowNet.Tests.Explain;

/// <summary>The explanations of a model as it comes from training with default options: an ensemble that encodes its inputs.</summary>
public class TrainedModelTests
{
    [Fact]
    public void A_trained_model_and_a_row_are_all_that_an_explanation_needs()
    {
        var ml = new MLContext(seed: 1);
        ShallowNetworkModelParameters model = ml.BinaryClassification.Trainers.ShallowNetwork("Label", "Features").Fit(TestRows.View(ml)).Model;
        Assert.NotNull(model.Encoding);
        List<TestRows.Row> rows = TestRows.Rows();
        foreach (TestRows.Row row in rows.Take(20))
        {
            BackpropagationTrace trace = BackpropagationTrace.Run(model.ToNetworkParameters(), model.Columns(row.Features), row.Label);
            // The model's score is in single precision: some hundreds of terms, each rounded by 6e-8.
            double score = model.Score(row.Features);
            Assert.Equal(score, trace["Z2"].Value[0, 0], 1e-5 * Math.Max(1, Math.Abs(score)));
            Assert.Equal(row.Label ? 1 : 0, trace["Y"].Value[0, 0]);
        }

        TestRows.Row[] few = [.. rows.Take(10)];
        GradientCheckResult check = GradientCheck.Run(
            model.ToNetworkParameters(), Matrix<double>.Build.DenseOfColumnArrays(few.Select(r => model.Columns(r.Features))),
            Matrix<double>.Build.Dense(1, few.Length, (_, i) => few[i].Label ? 1 : 0));
        Assert.All(check.Blocks, b => Assert.True(b.RelativeError < GradientCheck.Tolerance, $"{b.Name}: {b.RelativeError}"));
        Assert.True(check.Agrees);
        Assert.Throws<ArgumentException>(() => model.Columns([1f]));
    }
}
