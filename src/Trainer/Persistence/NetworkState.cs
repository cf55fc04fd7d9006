using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MlNetShallowNet.Persistence;

/// <summary>
/// A network as one piece of text, for ML.NET's model files: base64 of a head (JSON: format version, shapes, feature column, activation,
/// history, estimate), the numbers of W1, b1, W2, b2 bit for bit, and a SHA-256 checksum over all that stands before it. Version 2 adds
/// an encoding of the features (bounds and knots, bit for bit, after b2); a state without one is still written as version 1.
/// </summary>
/// <param name="Model">The network.</param>
/// <param name="FeatureColumnName">The column that it reads.</param>
internal sealed record NetworkState(ShallowNetworkModelParameters Model, string FeatureColumnName)
{
    private const string Format = "MlNetShallowNet";
    private const int Version = 2, VersionWithoutEncoding = 1;

    /// <summary>The text of this state.</summary>
    public string ToText()
    {
        var head = new Head
        {
            Format = Format,
            Version = Model.Encoding is null ? VersionWithoutEncoding : Version,
            FeatureCount = Model.FeatureCount,
            HiddenUnits = Model.HiddenUnits,
            Activation = Model.Activation.Name,
            FeatureColumn = FeatureColumnName,
            TrainingLosses = [.. Model.History.Epochs.Select(e => e.TrainingLoss)],
            ValidationLosses = [.. Model.History.Epochs.Select(e => e.ValidationLoss)],
            BestEpoch = Model.History.BestEpoch,
            WasCancelled = Model.History.WasCancelled,
            Members = Model.History.Members.Count == 0 ? null : [.. Model.History.Members.Select(MemberHistory.Of)],
            Estimate = Model.Estimate,
            KnotCounts = Model.Encoding is InputEncoding encoding ? [.. Enumerable.Range(0, encoding.FeatureCount).Select(d => encoding.Knots(d).Length)] : null,
        };
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(head, NetworkJson.Options);
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(json.Length);
            writer.Write(json);
            Write(writer, Model.W1);
            Write(writer, Model.B1);
            Write(writer, Model.W2);
            Write(writer, [Model.B2]);
            if (Model.Encoding is not null)
                Write(writer, Model.Encoding);
        }

        bytes.Write(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        return Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>The state that this text holds.</summary>
    /// <exception cref="InvalidDataException">The text is no network's state, is damaged, is of a newer version, or names an activation
    /// that is not registered.</exception>
    public static NetworkState Parse(ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[text.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64Chars(text, bytes, out int length) || length < sizeof(int) + SHA256.HashSizeInBytes)
            throw new InvalidDataException("The model's state is not that of a two-layer network: it was cut short or altered. Save the model again.");

        ReadOnlySpan<byte> content = bytes.AsSpan(0, length - SHA256.HashSizeInBytes);
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(bytes.AsSpan(content.Length, SHA256.HashSizeInBytes)))
            throw new InvalidDataException("The model's state does not match its checksum: the file was altered after it was saved. Save the model again.");

        int headLength = BinaryPrimitives.ReadInt32LittleEndian(content);
        Head head = JsonSerializer.Deserialize<Head>(content.Slice(sizeof(int), headLength), NetworkJson.Options)
            ?? throw new InvalidDataException("The model's state has no head.");
        if (head.Format != Format)
            throw new InvalidDataException($"The model's state has the format '{head.Format}', not '{Format}'.");
        if (head.Version > Version)
        {
            throw new InvalidDataException(
                $"The model was saved in version {head.Version} of the format; this library reads up to version {Version}. Use a newer MlNetShallowNet.");
        }

        return new NetworkState(ReadModel(head, content[(sizeof(int) + headLength)..]), head.FeatureColumn);
    }

    private static ShallowNetworkModelParameters ReadModel(Head head, ReadOnlySpan<byte> numbers)
    {
        IActivation activation;
        try
        {
            activation = Activation.ByName(head.Activation);
        }
        catch (ArgumentException unknown)
        {
            throw new InvalidDataException($"The model uses an activation that is not known here. {unknown.Message}", unknown);
        }

        int columns = head.KnotCounts?.Sum() ?? head.FeatureCount;
        long expected = (long)head.HiddenUnits * columns + 2L * head.HiddenUnits + 1 + (head.KnotCounts is null ? 0 : 2L * head.FeatureCount + columns);
        if (numbers.Length != expected * sizeof(float))
            throw new InvalidDataException($"The model's state holds {numbers.Length} bytes of parameters; its shapes need {expected * sizeof(float)}.");
        float[] w1 = Read(ref numbers, head.HiddenUnits * columns);
        float[] b1 = Read(ref numbers, head.HiddenUnits);
        float[] w2 = Read(ref numbers, head.HiddenUnits);
        float b2 = Read(ref numbers, 1)[0];
        InputEncoding? encoding = head.KnotCounts is null ? null : ReadEncoding(head.KnotCounts, ref numbers);
        TrainingHistory[]? members = head.Members is null ? null : Array.ConvertAll(head.Members, m => m.ToHistory());
        var history = new TrainingHistory(
            MemberHistory.Epochs(head.TrainingLosses, head.ValidationLosses), head.BestEpoch, head.WasCancelled, members);
        return new ShallowNetworkModelParameters(activation, columns, encoding, w1, b1, w2, b2, history, head.Estimate);
    }

    private static void Write(BinaryWriter writer, InputEncoding encoding)
    {
        Write(writer, encoding.Lower);
        Write(writer, encoding.Upper);
        for (int d = 0; d < encoding.FeatureCount; d++)
            Write(writer, encoding.Knots(d));
    }

    private static InputEncoding ReadEncoding(int[] knotCounts, ref ReadOnlySpan<byte> numbers)
    {
        float[] lower = Read(ref numbers, knotCounts.Length), upper = Read(ref numbers, knotCounts.Length);
        float[][] knots = new float[knotCounts.Length][];
        for (int d = 0; d < knots.Length; d++)
            knots[d] = Read(ref numbers, knotCounts[d]);
        return new InputEncoding(lower, upper, knots);
    }

    private static void Write(BinaryWriter writer, ReadOnlySpan<float> values)
    {
        foreach (float value in values)
            writer.Write(value);
    }

    private static float[] Read(ref ReadOnlySpan<byte> bytes, int count)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        bytes = bytes[(count * sizeof(float))..];
        return values;
    }

    private sealed class Head
    {
        public string Format { get; set; } = "";
        public int Version { get; set; }
        public int FeatureCount { get; set; }
        public int HiddenUnits { get; set; }
        public string Activation { get; set; } = "";
        public string FeatureColumn { get; set; } = "";
        public double[] TrainingLosses { get; set; } = [];
        public double?[] ValidationLosses { get; set; } = [];
        public int BestEpoch { get; set; }
        public bool WasCancelled { get; set; }
        public MemberHistory[]? Members { get; set; }
        public QualityEstimate? Estimate { get; set; }
        public int[]? KnotCounts { get; set; }
    }

    private sealed record MemberHistory(double[] TrainingLosses, double?[] ValidationLosses, int BestEpoch, bool WasCancelled)
    {
        public static MemberHistory Of(TrainingHistory history) => new(
            [.. history.Epochs.Select(e => e.TrainingLoss)], [.. history.Epochs.Select(e => e.ValidationLoss)], history.BestEpoch, history.WasCancelled);

        public static TrainingEpoch[] Epochs(double[] training, double?[] validation) =>
            [.. training.Zip(validation, (t, v) => new TrainingEpoch(t, v))];

        public TrainingHistory ToHistory() => new(Epochs(TrainingLosses, ValidationLosses), BestEpoch, WasCancelled);
    }
}
