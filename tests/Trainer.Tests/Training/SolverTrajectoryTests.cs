using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.Tests.Training;

/// <summary>The trainer beside scikit-learn's MLPClassifier, epoch by epoch, from the same weights.</summary>
public class SolverTrajectoryTests
{
    private sealed record Run(string Name, string Activation, int Batch, double L2, double Rate, double[] Losses);

    private sealed record Oracle(float[][] X, int[] Y, float[][] W1, float[] B1, float[] W2, float B2, Run[] Runs);

    private sealed class Row
    {
        public bool Label { get; set; }

        [VectorType(5)]
        public float[] Features { get; set; } = [];
    }

    private static readonly Oracle _oracle = JsonSerializer.Deserialize<Oracle>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "oracle", "solver_trajectories.json")),
        new JsonSerializerOptions { PropertyNameCaseInsensitive = true })!;

    public static TheoryData<int, string> Runs()
    {
        var data = new TheoryData<int, string>();
        for (int i = 0; i < _oracle.Runs.Length; i++)
            data.Add(i, $"{_oracle.Runs[i].Name} {_oracle.Runs[i].Activation} {_oracle.Runs[i].Batch}");
        return data;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void FollowsScikitLearn(int index, string name)
    {
        Run run = _oracle.Runs[index];
        var ml = new MLContext(1);
        IDataView rows = ml.Data.LoadFromEnumerable(_oracle.X.Select((x, i) => new Row { Features = x, Label = _oracle.Y[i] > 0 }));
        IActivation activation = run.Activation switch { "tanh" => Activation.Tanh, "relu" => Activation.ReLU, _ => Activation.Sigmoid };
        var options = new ShallowNetworkTrainer.Options
        {
            InitialModel = new ShallowNetworkModelParameters(activation, 5, [.. _oracle.W1.SelectMany(r => r)], _oracle.B1, _oracle.W2, _oracle.B2),
            InputScaling = InputScaling.None,
            Shuffle = false,
            Solver = run.Name switch { "adam" => Solver.Adam, "lbfgs" => Solver.Lbfgs, _ => Solver.Sgd },
            Momentum = run.Name == "sgd" ? 0 : 0.9,
            Nesterov = run.Name == "nesterov",
            LearningRate = run.Rate,
            BatchSize = run.Batch,
            L2Regularization = run.L2,
            NumberOfIterations = run.Losses.Length,
        };
        // Judged by the rows themselves, the history holds the loss after each epoch.
        TrainingHistory history = ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(rows, rows).Model.History;
        Assert.Equal(run.Losses.Length, history.Epochs.Count);
        for (int epoch = 0; epoch < run.Losses.Length; epoch++)
        {
            double found = history.Epochs[epoch].ValidationLoss!.Value;
            Assert.True(
                Math.Abs(found / run.Losses[epoch] - 1) <= 1e-4,
                $"{name}, epoch {epoch + 1}: scikit-learn has a loss of {run.Losses[epoch]:G8}, this trainer of {found:G8}.");
        }
    }
}
