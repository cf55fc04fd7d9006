using System.Text;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Persistence;
using Xunit;

namespace MlNetShallowNet.Tests.Persistence;

public class NetworkJsonTests
{
    private static ShallowNetworkModelParameters Read(string json) => NetworkJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void WhatIsWrittenIsReadBackBitForBit()
    {
        ShallowNetworkModelParameters model = ShallowNetworkModelParameters.FromNetworkParameters(NetworkInitializer.Draw(7, 5, Activation.Gelu, WeightInitialization.He, 3));
        using var stream = new MemoryStream();
        NetworkJson.Write(model, stream);
        ShallowNetworkModelParameters read = Read(Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal(model.W1.ToArray(), read.W1.ToArray());
        Assert.Equal(model.B1.ToArray(), read.B1.ToArray());
        Assert.Equal(model.W2.ToArray(), read.W2.ToArray());
        Assert.Equal(model.B2, read.B2);
        Assert.Equal(model.Activation, read.Activation);
    }

    [Fact]
    public void AnEncodingTravelsAlong()
    {
        var encoding = new InputEncoding(
            [float.NegativeInfinity, -1, 0], [float.PositiveInfinity, 1, 0.3f], [[0], [-1, 0.25f, 1], []]);
        NetworkParameters network = NetworkInitializer.Draw(4, 5, Activation.ReLU, WeightInitialization.He, 3);
        ShallowNetworkModelParameters model = ShallowNetworkModelParameters.FromNetworkParameters(network, encoding: encoding);
        using var stream = new MemoryStream();
        NetworkJson.Write(model, stream);
        ShallowNetworkModelParameters read = Read(Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal(3, read.FeatureCount);
        foreach (float[] row in new float[][] { [2, 0.1f, 9], [-5, 7, 0], [0, -0.7f, 1] })
            Assert.Equal(model.Score(row), read.Score(row));
        stream.Position = 0;
        Assert.Contains("encodes its inputs", Assert.Throws<InvalidDataException>(() => NetworkJson.ReadInDoublePrecision(stream)).Message);
        Assert.Contains("'knots'", Assert.Throws<InvalidDataException>(() => Read(
            """{"W1":[[1]],"b1":[1],"W2":[1],"b2":0,"encoding":{"lower":[0],"upper":[1]}}""")).Message);
    }

    [Theory]
    [InlineData("""{"activation":"relu","W1":[[1,2],[3,4]],"b1":[5,6],"W2":[7,8],"b2":9}""")]
    [InlineData("""{"activation":"relu","W1":[[1,2],[3,4]],"b1":[[5],[6]],"W2":[[7,8]],"b2":[[9]],"comment":"as NumPy has them"}""")]
    [InlineData("""{"b2":[9],"W2":[7,8],"b1":[5,6],"W1":[[1,2],[3,4]],"activation":"ReLU"}""")]
    public void CourseShapesAndFlatListsAreRead(string json)
    {
        ShallowNetworkModelParameters network = Read(json);
        Assert.Equal((2, 2), (network.FeatureCount, network.HiddenUnits));
        Assert.Equal(7 * (5 + 1 + 2) + 8 * (6 + 3 + 4) + 9, network.Score([1, 1]));
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("[1]", "object")]
    [InlineData("""{"W1":[[1]],"b1":[1],"W2":[1]}""", "'b2' is missing")]
    [InlineData("""{"W1":[[1,2],[3]],"b1":[1,1],"W2":[1,1],"b2":0}""", "one length")]
    [InlineData("""{"W1":[[1,2]],"b1":[1,1],"W2":[1,1],"b2":0}""", "W1 has 1 rows of 2 numbers")]
    [InlineData("""{"W1":[[1,"x"]],"b1":[1],"W2":[1],"b2":0}""", "numbers only")]
    [InlineData("""{"W1":[[1e60]],"b1":[1],"W2":[1],"b2":0}""", "finite")]
    [InlineData("""{"activation":"nope","W1":[[1]],"b1":[1],"W2":[1],"b2":0}""", "'nope'")]
    [InlineData("""{"W1":[],"b1":[],"W2":[],"b2":0}""", "rows")]
    public void ABrokenFileIsToldPlainly(string json, string told) =>
        Assert.Contains(told, Assert.Throws<InvalidDataException>(() => Read(json)).Message);

    [Fact]
    public void AFailedSaveLeavesTheOldFile()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string path = Path.Combine(folder, "net.json");
            File.WriteAllText(path, "old");
            Assert.Throws<InvalidOperationException>(() => SafeFile.Write(path, stream =>
            {
                stream.WriteByte(1);
                throw new InvalidOperationException();
            }));
            Assert.Equal("old", File.ReadAllText(path));
            Assert.Equal([path], Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
