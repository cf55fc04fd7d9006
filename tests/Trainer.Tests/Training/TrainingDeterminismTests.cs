using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

/// <summary>The same seed and rows give the same bits at any number of threads.</summary>
public class TrainingDeterminismTests
{
    public static TheoryData<bool, FeatureEncoding, double?, int, bool> Cases()
    {
        var cases = new TheoryData<bool, FeatureEncoding, double?, int, bool>();
        foreach (bool streamed in new[] { false, true })
        {
            foreach (int members in new[] { 1, 2, 8 })
            {
                foreach (FeatureEncoding encoding in Enum.GetValues<FeatureEncoding>())
                {
                    cases.Add(false, encoding, null, members, streamed);
                    cases.Add(true, encoding, null, members, streamed); // a penalty: every row of W1 in every step
                    cases.Add(true, encoding, 0, members, streamed);    // without, those that do not occur wait
                }
            }
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ThreadsDoNotChangeABit(bool sparse, FeatureEncoding encoding, double? l2, int members, bool streamed)
    {
        TrainingRows rows = sparse ? TrainingProblem.Sparse() : TrainingProblem.Dense(weighted: true);
        TrainedNetwork? expected = null;
        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            var options = new ShallowNetworkTrainer.Options
            {
                Members = members,
                HiddenUnits = 24 * members,
                FeatureEncoding = encoding,
                L2Regularization = l2,
                BatchSize = 300,
                NumberOfIterations = 3,
                NumberOfThreads = threads,
            };
            TrainedNetwork trained = TrainingProblem.Train(TrainingProblem.Data(rows, streamed ? 170 : null), options);
            expected ??= trained;
            Assert.Equal(TrainingProblem.All(expected), TrainingProblem.All(trained));
            Assert.Equal(expected.History.Epochs, trained.History.Epochs);
            Assert.Equal(expected.Estimate, trained.Estimate);
        }
    }

    private sealed class WideRow
    {
        public bool Label { get; set; }

        [VectorType(40)]
        public VBuffer<float> Features { get; set; }
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 8)]
    [InlineData(true, 2)]
    public void DataBeyondTheMemoryBudgetToo(bool sparse, int members)
    {
        // 16 MB is the smallest budget; reading takes three times what rows take in the end, 320 bytes or 72.
        var ml = new MLContext(1);
        int count = sparse ? 90_000 : 35_000;
        IDataView data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i =>
        {
            var random = new Random(i);
            int[] indices = sparse ? [.. Enumerable.Range(0, 8).Select(k => 5 * k + random.Next(5))] : [.. Enumerable.Range(0, 40)];
            float[] values = [.. indices.Select(_ => random.NextSingle() - 0.5f)];
            return new WideRow { Label = values[0] + values[1] > 0, Features = new VBuffer<float>(40, indices.Length, values, indices) };
        }));
        ShallowNetworkModelParameters? expected = null;
        foreach (int threads in new[] { 1, 3 })
        {
            var context = new MLContext(1);
            ConcurrentQueue<string> log = LogLines.Of(context);
            ShallowNetworkModelParameters model = context.BinaryClassification.Trainers.ShallowNetwork(
                new ShallowNetworkTrainer.Options
                {
                    Members = members,
                    HiddenUnits = 8 * members,
                    NumberOfIterations = 1,
                    L2Regularization = 0,
                    Seed = 5,
                    NumberOfThreads = threads,
                    MemoryBudgetMegabytes = 16,
                }).Fit(data).Model;
            Assert.Contains(log, line => line.Contains("streamed"));
            expected ??= model;
            Assert.Equal(expected.W1.ToArray(), model.W1.ToArray());
            Assert.Equal(expected.W2.ToArray(), model.W2.ToArray());
            Assert.Equal(expected.History.Epochs, model.History.Epochs);
            Assert.Equal(expected.Estimate, model.Estimate);
        }
    }
}
