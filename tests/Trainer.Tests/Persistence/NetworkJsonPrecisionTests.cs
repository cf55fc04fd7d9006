using System.Text;
using MlNetShallowNet.Learning;
using Xunit;

namespace MlNetShallowNet.Tests.Persistence;

public class NetworkJsonPrecisionTests
{
    private const string Text = """{ "activation": "sigmoid", "W1": [[0.1, -0.2], [1e-3, 3]], "b1": [[0.3], [0.7]], "W2": [[1.1, -2.3]], "b2": [[0.6]] }""";

    [Fact]
    public void Every_digit_is_kept_where_it_is_asked_for()
    {
        NetworkParameters network = NetworkJson.ReadInDoublePrecision(Bytes(Text));
        Assert.Equal([0.1, -0.2, 1e-3, 3], network.W1.ToRowMajorArray());
        Assert.Equal([0.3, 0.7], network.B1);
        Assert.Equal([1.1, -2.3], network.W2.Row(0));
        Assert.Equal(0.6, network.B2);
        Assert.Same(Activation.Sigmoid, network.Activation);
        ShallowNetworkModelParameters single = NetworkJson.Read(Bytes(Text));
        Assert.Equal([0.1f, -0.2f, 1e-3f, 3], single.W1.ToArray());
        Assert.Equal([0.1, -0.2, 1e-3, 3], single.ToNetworkParameters().W1.ToRowMajorArray());
    }

    [Theory]
    [InlineData("3", "activation must be a name")]
    [InlineData("null", "activation must be a name")]
    [InlineData("\"cube\"", "cube")]
    public void An_activation_that_is_none_is_named(string activation, string message) =>
        Assert.Contains(message, Error(Text.Replace("\"sigmoid\"", activation)));

    [Theory]
    [InlineData("[1e-3, 3]", "[1e-3]", "one length")]
    [InlineData("[[0.3], [0.7]]", "[0.3]", "b1 has 1")]
    [InlineData("[[1.1, -2.3]]", "[1.1, -2.3, 1]", "W2 has 3")]
    [InlineData("[[0.6]]", "[]", "b2 must be one number")]
    [InlineData("[[0.6]]", "1e999", "finite")]
    public void Shapes_and_numbers_that_do_not_fit_are_named(string was, string becomes, string message) =>
        Assert.Contains(message, Error(Text.Replace(was, becomes)));

    private static string Error(string text) => Assert.Throws<InvalidDataException>(() => NetworkJson.ReadInDoublePrecision(Bytes(text))).Message;

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
