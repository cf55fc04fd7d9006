using System.Text;
using MlNetShallowNet.Learning;
using Xunit;

namespace MlNetShallowNet.Tests.Persistence;

public class NetworkJsonTests
{
    private sealed class Cosine : IActivation
    {
        public string Name => "never-registered";

        public double Value(double z) => Math.Cos(z);

        public double Derivative(double z) => -Math.Sin(z);
    }

    private static ShallowNetworkModelParameters Read(string json) => NetworkJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void AnEncodingTravelsAlong()
    {
        var encoding = new InputEncoding(
            [float.NegativeInfinity, -1, 0], [float.PositiveInfinity, 1, 0.3f], [[0], [-1, 0.25f, 1], []], [new FeatureCross(0, 1, 1, 2)]);
        NetworkParameters network = NetworkInitializer.Draw(7, 5, Activation.ReLU, WeightInitialization.He, 3);
        ShallowNetworkModelParameters model = ShallowNetworkModelParameters.FromNetworkParameters(network, encoding);
        using var stream = new MemoryStream();
        NetworkJson.Write(model, stream);
        ShallowNetworkModelParameters read = Read(Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal(3, read.FeatureCount);
        Assert.Equal(encoding.Lower.ToArray(), read.Encoding!.Lower.ToArray());
        Assert.Equal(encoding.Upper.ToArray(), read.Encoding.Upper.ToArray());
        Assert.Equal(encoding.Crosses.ToArray(), read.Encoding.Crosses.ToArray());
        foreach (float[] row in new float[][] { [2, 0.1f, 9], [-5, 7, 0], [0, -0.7f, 1] })
            Assert.Equal(model.Score(row), read.Score(row));
    }

    [Fact]
    public void OfManyFeaturesOnlyThoseWithColumnsAreWritten()
    {
        const int Features = 100_001;
        float[][] knots = [.. Enumerable.Range(0, Features).Select(d => d switch { 8 => [0], 70_000 => [-1, 0.25f, 1], Features - 1 => [2], _ => Array.Empty<float>() })];
        float[] lower = new float[Features], upper = new float[Features];
        Array.Fill(lower, float.NegativeInfinity);
        Array.Fill(upper, float.PositiveInfinity);
        (lower[70_000], upper[70_000]) = (-1, 1);
        NetworkParameters network = NetworkInitializer.Draw(5, 4, Activation.ReLU, WeightInitialization.He, 3);
        ShallowNetworkModelParameters model = ShallowNetworkModelParameters.FromNetworkParameters(network, new InputEncoding(lower, upper, knots));
        byte[] json = Written(model);
        Assert.InRange(json.Length, Features / 8 * 4 / 3, Features / 5);
        ShallowNetworkModelParameters read = NetworkJson.Read(new MemoryStream(json));
        Assert.Equal(lower, read.Encoding!.Lower.ToArray());
        Assert.Equal(upper, read.Encoding.Upper.ToArray());
        Assert.All(knots.Index(), of => Assert.Equal(of.Item, read.Encoding.Knots(of.Index).ToArray()));
        Assert.Equal(json, Written(read));
        float[] row = new float[Features];
        (row[8], row[9], row[70_000], row[^1]) = (3, 4, 0.5f, -7);
        Assert.Equal(model.Score(row), read.Score(row));
    }

    private static byte[] Written(ShallowNetworkModelParameters model)
    {
        using var stream = new MemoryStream();
        NetworkJson.Write(model, stream);
        return stream.ToArray();
    }

    [Theory]
    [InlineData("""{"activation":"relu","W1":[[1,2],[3,4]],"b1":[5,6],"W2":[7,8],"b2":9}""")]
    [InlineData("""{"activation":"relu","W1":[[1,2],[3,4]],"b1":[[5],[6]],"W2":[[7,8]],"b2":[[9]],"comment":"as NumPy has them"}""")]
    [InlineData("""{"b2":[9],"W2":[7,8],"b1":[5,6],"W1":[[1,2],[3,4]],"activation":"ReLU","encoding":null}""")]
    public void CourseShapesAndFlatListsAreRead(string json)
    {
        ShallowNetworkModelParameters network = Read(json);
        Assert.Equal((2, 2), (network.FeatureCount, network.HiddenUnits));
        Assert.Equal(7 * (5 + 1 + 2) + 8 * (6 + 3 + 4) + 9, network.Score([1, 1]));
    }

    private const string Sound = "\"W1\":[[1,2]],\"b1\":[1],\"W2\":[1],\"b2\":0";

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("[1]", "object")]
    [InlineData("""{"W1":[[1]],"b1":[1],"W2":[1]}""", "'b2' is missing")]
    [InlineData("""{"W1":[[1,2],[3]],"b1":[1,1],"W2":[1,1],"b2":0}""", "one length")]
    [InlineData("""{"W1":[[1,2],[3,[4]]],"b1":[1,1],"W2":[1,1],"b2":0}""", "numbers only")]
    [InlineData("""{"W1":[1,2],"b1":[1,1],"W2":[1,1],"b2":0}""", "each row of W1")]
    [InlineData("""{"W1":[[1,2]],"b1":[1,1],"W2":[1,1],"b2":0}""", "W1 has 1 rows of 2 numbers")]
    [InlineData("""{"W1":[[1,2]],"b1":[1],"W2":[1,1],"b2":0}""", "W2 has 2")]
    [InlineData("""{"W1":[[1,2]],"b1":[1],"W2":[1],"b2":[]}""", "b2 must be one number")]
    [InlineData("""{"W1":[[1,"x"]],"b1":[1],"W2":[1],"b2":0}""", "numbers only")]
    [InlineData("""{"W1":[[1e60]],"b1":[1],"W2":[1],"b2":0}""", "finite")]
    [InlineData("""{"W1":[[1]],"b1":[1],"W2":[1],"b2":1e999}""", "finite")]
    [InlineData("""{"activation":"nope","W1":[[1]],"b1":[1],"W2":[1],"b2":0}""", "'nope'")]
    [InlineData("""{"activation":null,"W1":[[1]],"b1":[1],"W2":[1],"b2":0}""", "activation must be a text")]
    [InlineData("""{"activation":"\ud800","W1":[[1]],"b1":[1],"W2":[1],"b2":0}""", "whole characters")]
    [InlineData("""{"W1":[],"b1":[],"W2":[],"b2":0}""", "rows")]
    [InlineData("""{"W1":[[],[]],"b1":[1,1],"W2":[1,1],"b2":0}""", "rows")]
    [InlineData("{" + Sound + ",\"b2\":1}", "JSON")]
    [InlineData("{" + Sound + ",\"\\ud800\":1,\"options\":{\"\\ud800\":\"\"},\"versions\":{}}", "Unicode")]
    [InlineData("{" + Sound + ",\"encoding\":3}", "encoding must be an object")]
    [InlineData("{" + Sound + ",\"encoding\":{\"lower\":[0],\"upper\":[1]}}", "'knots'")]
    [InlineData("{" + Sound + ",\"encoding\":{\"lower\":[0],\"upper\":[1],\"knots\":[[0,1,2]]}}", "3 columns")]
    [InlineData("{" + Sound + ",\"encoding\":{\"lower\":[0],\"upper\":[1],\"knots\":[[1,1]]}}", "ascend")]
    [InlineData("{" + Sound + ",\"encoding\":{\"lower\":[0,0],\"upper\":[1,1],\"knots\":[[0],[0]],\"crosses\":3}}", "crosses")]
    [InlineData("{" + Sound + ",\"encoding\":{\"lower\":[0,0],\"upper\":[1,1],\"knots\":[[0],[0]],\"crosses\":[[0,1,1]]}}", "four numbers")]
    [InlineData("{" + Sound + ",\"encoding\":{\"lower\":[0,0],\"upper\":[1,1],\"knots\":[[0],[0]],\"crosses\":[[0,1,1,1,0]]}}", "four numbers")]
    [InlineData("{" + Sound + ",\"encoding\":{\"lower\":[0,0],\"upper\":[1,1],\"knots\":[[0],[0]],\"crosses\":[[0,1,1,-1]]}}", "crosses")]
    [InlineData("{" + Sound + ",\"encoding\":{\"lower\":[0,0],\"upper\":[1,1],\"knots\":[[0],[0]],\"crosses\":[[0,1,1,1]]}}", "3 columns")]
    [InlineData("{" + Sound + ",\"encoding\":{\"lower\":[0,0],\"upper\":[1,1],\"knots\":[[0],[0]],\"crosses\":[[1,1,0,1]]}}", "first before the second")]
    [InlineData("{" + Sound + ",\"encoding\":{\"lower\":[2],\"upper\":[1],\"knots\":[[1,2]]}}", "bounds")]
    [InlineData("{" + Sound + ",\"encoding\":{\"used\":\"AwA=\",\"lower\":[0,0],\"upper\":[1,1],\"knots\":[[0],[0]]}}", "'features' is missing")]
    [InlineData("{" + Sound + ",\"encoding\":{\"features\":9,\"used\":\"AwA=\",\"lower\":[0,0],\"upper\":[1,1],\"knots\":[[0]]}}", "uses 2 features")]
    [InlineData("{" + Sound + ",\"encoding\":{\"features\":9,\"used\":\"Aw==\",\"lower\":[0,0],\"upper\":[1,1],\"knots\":[[0],[0]]}}", "9 bits")]
    [InlineData("{" + Sound + ",\"encoding\":{\"features\":2000000000,\"used\":7,\"lower\":[0,0],\"upper\":[1,1],\"knots\":[[0],[0]]}}", "250000000 bytes")]
    [InlineData("{" + Sound + ",\"history\":{\"trainingLosses\":[1],\"bestEpoch\":2}}", "history")]
    [InlineData("{" + Sound + ",\"history\":{\"trainingLosses\":[1],\"bestEpoch\":1,\"members\":[7]}}", "object")]
    [InlineData("{" + Sound + ",\"estimate\":{\"rows\":-1}}", "whole number")]
    public void WhatIsNoNetworkIsToldPlainly(string json, string told)
    {
        string message = Assert.Throws<InvalidDataException>(() => Read(json)).Message;
        Assert.Contains(told, message);
        Assert.InRange(message.Length, 10, 300);
    }

    [Fact]
    public void AnActivationThatNobodyCouldFindIsNotWritten()
    {
        var network = new ShallowNetworkModelParameters(new Cosine(), 1, [1], [0], [1], 0);
        Assert.Contains("'never-registered'", Assert.Throws<InvalidOperationException>(() => NetworkJson.Write(network, new MemoryStream())).Message);
    }
}
