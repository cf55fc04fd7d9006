using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.Samples.Examples;

/// <summary>An activation of one's own: two methods and a name; registered, so that saved models that use it can be loaded.</summary>
internal static class OwnActivationExample
{
    /// <summary>g(z) = z / (1 + |z|), g'(z) = 1 / (1 + |z|)².</summary>
    private sealed class Softsign : IActivation
    {
        public string Name => "softsign";

        public double Value(double z) => z / (1 + Math.Abs(z));

        public double Derivative(double z) => 1 / ((1 + Math.Abs(z)) * (1 + Math.Abs(z)));
    }

    public static void Run()
    {
        var softsign = new Softsign();
        Activation.Register(softsign);
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromTextFile<Tumour>(SampleData.Path("breast-cancer.csv"), separatorChar: ',', hasHeader: true);

        var options = new ShallowNetworkTrainer.Options { Activation = softsign, HiddenUnits = 8 };
        ShallowNetworkTransformer network = ml.BinaryClassification.Trainers.ShallowNetwork(options).Fit(data);
        BinaryClassificationMetrics metrics = ml.BinaryClassification.Evaluate(network.Transform(data));
        Console.WriteLine($"8 {network.Model.Activation.Name} units: accuracy {metrics.Accuracy:0.0000} on the training rows");

        using var file = new MemoryStream();
        ml.Model.Save(network, data.Schema, file);
        ShallowNetworkTransformer loaded = ml.Model.LoadShallowNetwork(file, out _);
        bool isSame = network.Model.W1.SequenceEqual(loaded.Model.W1);
        Console.WriteLine($"Loaded again: {loaded.Model.Activation.Name}, the same weights: {isSame}");
    }
}
