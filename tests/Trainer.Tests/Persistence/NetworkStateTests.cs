using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Persistence;
using MlNetShallowNet.Training;
using Xunit;

namespace MlNetShallowNet.Tests.Persistence;

public class NetworkStateTests
{
    private static readonly NetworkDocument _document = new(
        new TrainedNetwork(
            NetworkInitializer.Draw(3, 2, Activation.SiLU, WeightInitialization.Auto, 1),
            new TrainingHistory([new(0.7, 0.6), new(0.5, null)], 2, wasCancelled: true, [new([new(0.1, null)], 1, false)]),
            Estimate: new QualityEstimate(double.NaN, double.NaN, 0.1, 0.2, 3),
            Calibration: new PlattScaling(1.5, -0.25),
            Provenance: new TrainingProvenance(
                new Dictionary<string, string> { ["Members"] = "3" }, new Dictionary<string, string> { ["MlNetShallowNet"] = "1.0" })),
        "My \"features\"");

    [Fact]
    public void TextHoldsEverything()
    {
        NetworkDocument read = NetworkState.Parse(NetworkState.ToText(_document));
        Assert.Equal(_document.FeatureColumnName, read.FeatureColumnName);
        TrainedNetwork was = _document.Network, now = read.Network;
        Assert.Equal(was.Network.W1, now.Network.W1);
        Assert.Equal(was.Network.B2, now.Network.B2);
        Assert.Same(Activation.SiLU, now.Network.Activation);
        Assert.Equal(was.History.Epochs, now.History.Epochs);
        Assert.Equal((2, true), (now.History.BestEpoch, now.History.WasCancelled));
        Assert.Equal(was.History.Members[0].Epochs, now.History.Members[0].Epochs);
        Assert.Equal(was.Estimate, now.Estimate);
        Assert.Equal(was.Calibration, now.Calibration);
        Assert.Equal(was.Provenance!.Options, now.Provenance!.Options);
        Assert.Equal(was.Provenance.Versions, now.Provenance.Versions);
    }

    [Fact]
    public void AnEnsembleOnEncodedInputsLivesOnInItsState()
    {
        var ml = new MLContext(1);
        ShallowNetworkModelParameters model = ml.BinaryClassification.Trainers.ShallowNetwork(
            new ShallowNetworkTrainer.Options { Members = 3, HiddenUnits = 4, NumberOfIterations = 3, Seed = 3 }).Fit(TestRows.View(ml)).Model;
        var read = new ShallowNetworkModelParameters(NetworkState.Parse(NetworkState.ToText(new NetworkDocument(model.Trained, "Features"))).Network);
        for (int d = 0; d < 4; d++)
            Assert.Equal(model.Encoding!.Knots(d).ToArray(), read.Encoding!.Knots(d).ToArray());
        Assert.Equal(model.Estimate, read.Estimate);
        Assert.Equal(model.History.Members[1].Epochs, read.History.Members[1].Epochs);
        Assert.All(TestRows.Rows(40, seed: 2), r => Assert.Equal(model.Score(r.Features), read.Score(r.Features)));
    }

    [Fact]
    public void AlteredOrCutTextIsRefused()
    {
        string text = NetworkState.ToText(_document);
        for (int position = 0; position < text.Length - 2; position += 7)
        {
            char other = text[position] == 'A' ? 'B' : 'A';
            string altered = text[..position] + other + text[(position + 1)..];
            Assert.Throws<InvalidDataException>(() => NetworkState.Parse(altered));
        }

        foreach (int length in new[] { 0, 4, text.Length / 2, text.Length - 4 })
            Assert.Throws<InvalidDataException>(() => NetworkState.Parse(text.AsSpan(0, length)));
        Assert.Throws<InvalidDataException>(() => NetworkState.Parse("no letters from A to P"));
    }

    [Fact]
    public void AlterationsBehindTheChecksumAreRefusedOrHarmless()
    {
        var random = new Random(5);
        byte[] content = LetterCode.Read(NetworkState.ToText(_document))![..^SHA256.HashSizeInBytes];
        for (int trial = 0; trial < 2_000; trial++)
        {
            byte[] altered = [.. content];
            for (int change = random.Next(1, 4); change > 0; change--)
                altered[random.Next(altered.Length)] = (byte)random.Next(256);
            try
            {
                NetworkState.Parse(WithChecksum(altered));
            }
            catch (InvalidDataException error)
            {
                Assert.InRange(error.Message.Length, 10, 400);
            }
        }
    }

    [Fact]
    public void OtherVersionsSaySo()
    {
        byte[] newer = [.. LetterCode.Read(NetworkState.ToText(_document))![..^SHA256.HashSizeInBytes]];
        newer[3] = (byte)'9';
        Assert.Contains("newer", Assert.Throws<InvalidDataException>(() => NetworkState.Parse(WithChecksum(newer))).Message);

        byte[] head = Encoding.UTF8.GetBytes("""{"format":"MlNetShallowNet","version":1}""");
        byte[] older = [.. BitConverter.GetBytes(head.Length), .. head, 0, 0, 0, 0];
        Assert.Contains("before the first release", Assert.Throws<InvalidDataException>(() => NetworkState.Parse(WithChecksum(older))).Message);
    }

    [Fact]
    public void AStateThatExpandsBeyondMeasureIsRefused()
    {
        using var bomb = new MemoryStream();
        bomb.Write("MSN3"u8);
        using (var deflate = new DeflateStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(Encoding.UTF8.GetBytes("{\"W1\":[[" + new string(' ', 50_000_000)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => NetworkState.Parse(WithChecksum(bomb.ToArray())));
        Assert.Contains("expands", error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
    }

    /// <summary>A state of each of the two texts, and each of the two precisions.</summary>
    [Theory]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(3_000, false)]
    [InlineData(3_000, true)]
    public void EveryWeightIsReadBackBitForBit(int features, bool inSingle)
    {
        var drawn = new TrainedNetwork(NetworkInitializer.Draw(features, 7, Activation.SiLU, WeightInitialization.Auto, 1), TrainingHistory.None);
        TrainedNetwork was = inSingle ? drawn.InSinglePrecision() : drawn;
        Assert.Equal(inSingle, was.IsSinglePrecision);
        string text = NetworkState.ToText(new NetworkDocument(was, "X"));
        Assert.Equal(features > 1_000, DenseCode.Begins(text));
        Assert.Equal(was.Network.W1, NetworkState.Parse(text).Network.Network.W1);
    }

    [Theory]
    [InlineData("AAAAgD8AAA==")] // not whole numbers
    [InlineData("AACAPw=")] // no base64
    [InlineData("AADAfw==")] // not a number
    public void RowsThatAreNotPackedAsTheyMustBeAreRefused(string row)
    {
        string json = $$"""{"precision":"single","W1":["{{row}}"],"b1":[0],"W2":[1],"b2":[0],"featureColumn":"X"}""";
        using var bytes = new MemoryStream();
        bytes.Write("MSN3"u8);
        using (var deflate = new DeflateStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(Encoding.UTF8.GetBytes(json));
        Assert.Contains("W1", Assert.Throws<InvalidDataException>(() => NetworkState.Parse(WithChecksum(bytes.ToArray()))).Message);
    }

    [Fact]
    public void ANetworkOfZerosIsNoBomb()
    {
        var zeros = new ShallowNetworkModelParameters(Activation.Tanh, 40_000, new float[4_000_000], new float[100], new float[100], 0);
        Assert.Equal(100, NetworkState.Parse(NetworkState.ToText(new NetworkDocument(zeros.Trained, "X"))).Network.Network.HiddenUnits);
    }

    private static string WithChecksum(byte[] content) => LetterCode.Write([.. content, .. SHA256.HashData(content)]);
}
