using System.Security.Cryptography;
using System.Text;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Persistence;
using Xunit;

namespace MlNetShallowNet.Tests.Persistence;

public class NetworkStateTests
{
    private static NetworkState State()
    {
        var history = new TrainingHistory([new(0.7, 0.6), new(0.5, 0.4)], 2, wasCancelled: true);
        NetworkParameters network = NetworkInitializer.Draw(3, 2, Activation.SiLU, WeightInitialization.Auto, 1);
        return new NetworkState(ShallowNetworkModelParameters.FromNetworkParameters(network, history), "My features");
    }

    [Fact]
    public void TextHoldsEverything()
    {
        NetworkState state = State(), read = NetworkState.Parse(state.ToText());
        Assert.Equal("My features", read.FeatureColumnName);
        Assert.Equal(state.Model.W1.ToArray(), read.Model.W1.ToArray());
        Assert.Equal(state.Model.B2, read.Model.B2);
        Assert.Same(Activation.SiLU, read.Model.Activation);
        Assert.Equal(state.Model.History.Epochs, read.Model.History.Epochs);
        Assert.Equal(2, read.Model.History.BestEpoch);
        Assert.True(read.Model.History.WasCancelled);
    }

    [Fact]
    public void AlteredOrCutTextIsRefused()
    {
        string text = State().ToText();
        for (int position = 0; position < text.Length - 2; position += 7)
        {
            char other = text[position] == 'A' ? 'B' : 'A';
            string altered = text[..position] + other + text[(position + 1)..];
            Assert.Throws<InvalidDataException>(() => NetworkState.Parse(altered));
        }

        foreach (int length in new[] { 0, 4, text.Length / 2, text.Length - 4 })
            Assert.Throws<InvalidDataException>(() => NetworkState.Parse(text.AsSpan(0, length)));
        Assert.Throws<InvalidDataException>(() => NetworkState.Parse("not base64!"));
    }

    [Fact]
    public void ANewerVersionSaysSo()
    {
        byte[] bytes = Convert.FromBase64String(State().ToText());
        byte[] content = bytes[..^32];
        int at = Encoding.Latin1.GetString(content).IndexOf("\"version\":", StringComparison.Ordinal) + "\"version\":".Length;
        content[at] = (byte)'9';
        string newer = Convert.ToBase64String([.. content, .. SHA256.HashData(content)]);
        Assert.Contains("newer MlNetShallowNet", Assert.Throws<InvalidDataException>(() => NetworkState.Parse(newer)).Message);
    }
}
