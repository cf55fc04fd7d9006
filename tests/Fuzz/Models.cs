using Microsoft.ML;

namespace MlNetShallowNet.Fuzz;

/// <summary>ML.NET model files, most of which is ML.NET's own.</summary>
internal sealed class Models : Target
{
    public override string Name => "models";

    public override int FullCount => 20_000;

    public override IReadOnlyList<byte[]> Seeds { get; } = [.. Examples.Networks.Select(network =>
    {
        using MemoryStream model = new();
        Examples.Ml.Model.Save(network, Examples.Rows.Schema, model);
        return model.ToArray();
    })];

    public override void Read(byte[] bytes)
    {
        ShallowNetworkTransformer network = Examples.Ml.Model.LoadShallowNetwork(new MemoryStream(bytes), out _);
        network.Model.Score(new float[network.Model.FeatureCount]);
    }

    public override bool IsRefusal(Exception error) => error is InvalidDataException;
}
