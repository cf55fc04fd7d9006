namespace MlNetShallowNet.Fuzz;

/// <summary>Networks as JSON.</summary>
internal sealed class Networks : Target
{
    public override string Name => "networks";

    public override int FullCount => 20_000;

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        """{ "activation": "tanh", "W1": [[0.1, -0.4], [0.7, 0.2]], "b1": [[0], [1]], "W2": [[0.6, -0.8]], "b2": [[0]] }"""u8.ToArray(),
        """
        { "activation": "relu", "W1": [[1, 2, 3, 4, 5, 6, 7]], "b1": [0], "W2": [1], "b2": 0,
          "encoding": { "lower": [0, -1], "upper": [1, 2], "knots": [[0], [-1, 0, 2]], "crosses": [[0, 1, 1, 1]] } }
        """u8.ToArray(),
        """
        { "activation": "relu", "W1": [[1, 2]], "b1": [0], "W2": [1], "b2": 0,
          "encoding": { "features": 40, "used": "AwAAAAA=", "lower": [0, -1], "upper": [1, 2], "knots": [[0], [1]] } }
        """u8.ToArray(),
        .. Examples.Networks.Select(network => Written(network.Model)),
    ];

    public static byte[] Written(ShallowNetworkModelParameters network)
    {
        using MemoryStream json = new();
        NetworkJson.Write(network, json);
        return json.ToArray();
    }

    public override void Read(byte[] bytes)
    {
        ShallowNetworkModelParameters network = NetworkJson.Read(new MemoryStream(bytes));
        network.Score(new float[network.FeatureCount]);
    }

    public override bool IsRefusal(Exception error) => error is InvalidDataException;
}
