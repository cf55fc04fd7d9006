using System.Text;
using MlNetShallowNet.Learning;
using Xunit;

namespace MlNetShallowNet.Tests.Persistence;

public class NetworkJsonPrecisionTests
{
    private const string Text = """{ "activation": "sigmoid", "W1": [[0.1, -0.2], [1e-3, 3]], "b1": [[0.3], [0.7]], "W2": [[1.1, -2.3]], "b2": [[0.6]] }""";

    private static ShallowNetworkModelParameters Read(string text) => NetworkJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static string Written(ShallowNetworkModelParameters network)
    {
        using var stream = new MemoryStream();
        NetworkJson.Write(network, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [Fact]
    public void EveryDigitIsKept()
    {
        ShallowNetworkModelParameters model = Read(Text);
        Assert.Equal([0.1f, -0.2f, 1e-3f, 3], model.W1.ToArray());
        AssertDigits(model.ToNetworkParameters());
        AssertDigits(Read(Written(model)).ToNetworkParameters());

        static void AssertDigits(NetworkParameters network)
        {
            Assert.Equal([0.1, -0.2, 1e-3, 3], network.W1.ToRowMajorArray());
            Assert.Equal([0.3, 0.7], network.B1);
            Assert.Equal([1.1, -2.3], network.W2.Row(0));
            Assert.Equal(0.6, network.B2);
            Assert.Same(Activation.Sigmoid, network.Activation);
        }
    }

    [Fact]
    public void SinglePrecisionIsWrittenShortAndReadBackExactly()
    {
        var model = new ShallowNetworkModelParameters(Activation.Tanh, 1, [0.1f, -1e-45f], [float.MaxValue, -0f], [1 / 3f, 1], 0.6f);
        string text = Written(model);
        Assert.Contains("[0.1]", text);
        NetworkParameters was = model.ToNetworkParameters(), read = Read(text).ToNetworkParameters();
        Assert.Equal(Bits(was), Bits(read));

        static IEnumerable<long> Bits(NetworkParameters network) =>
            network.W1.ToRowMajorArray().Concat(network.B1).Concat(network.W2.Row(0)).Append(network.B2).Select(BitConverter.DoubleToInt64Bits);
    }
}
