using System.Buffers.Binary;
using System.Text.Json;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.Persistence;

/// <summary>A network as JSON. Every number is written with as many digits as give it back bit for bit.</summary>
internal static class NetworkWriter
{
    /// <param name="document">The network.</param>
    /// <param name="stream">Where it goes.</param>
    /// <param name="packed">Whether W1 has its rows' bytes (<see cref="PackedNumbers"/>) in place of numbers that people can read.</param>
    /// <exception cref="InvalidOperationException">The activation is not registered, so that the file could not be read.</exception>
    public static void Write(NetworkDocument document, Stream stream, bool packed = false)
    {
        TrainedNetwork trained = document.Network;
        CheckRegistered(trained.Network.Activation);
        using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartObject();
        writer.WriteString(NetworkDocument.Activation, trained.Network.Activation.Name);
        WriteParameters(writer, trained.Network, trained.IsSinglePrecision, packed);
        if (trained.Encoding is not null)
            WriteEncoding(writer, trained.Encoding);
        if (document.FeatureColumnName is not null)
            writer.WriteString(NetworkDocument.FeatureColumn, document.FeatureColumnName);
        if (document.Threshold != NetworkDocument.OneHalf)
            writer.WriteNumber(NetworkDocument.ThresholdName, document.Threshold);
        if (trained.History.Epochs.Count > 0)
        {
            writer.WritePropertyName(NetworkDocument.History);
            WriteHistory(writer, trained.History);
        }

        if (trained.Estimate is not null)
            WriteEstimate(writer, trained.Estimate);
        if (trained.Calibration is PlattScaling calibration)
        {
            writer.WriteStartObject(NetworkDocument.Calibration);
            writer.WriteNumber(NetworkDocument.Slope, calibration.Slope);
            writer.WriteNumber(NetworkDocument.Offset, calibration.Offset);
            writer.WriteEndObject();
        }

        if (trained.TrainedOn is not null)
            writer.WriteBase64String(NetworkDocument.TrainedOn, Bytes(trained.TrainedOn.Hashes));
        if (trained.Provenance is not null)
        {
            WriteTexts(writer, NetworkDocument.Options, trained.Provenance.Options);
            WriteTexts(writer, NetworkDocument.Versions, trained.Provenance.Versions);
        }

        writer.WriteEndObject();
    }

    private static void CheckRegistered(IActivation activation)
    {
        if (!Activation.IsRegistered(activation.Name))
        {
            throw new InvalidOperationException(
                $"The network can't be saved: its activation '{activation.Name}' is not registered, so it could not be loaded; call " +
                $"{nameof(Activation)}.{nameof(Activation.Register)} first.");
        }
    }

    private static void WriteParameters(Utf8JsonWriter writer, NetworkParameters network, bool single, bool packed)
    {
        if (single)
            writer.WriteString(NetworkDocument.Precision, NetworkDocument.Single);
        WriteArray(writer, NetworkDocument.W1, network.W1.EnumerateRows(), row =>
        {
            if (packed)
                writer.WriteBase64StringValue(PackedNumbers.Write(row.ToArray(), single));
            else
                WriteArray(writer, null, row, number => WriteNumber(writer, number, single));
        });
        WriteArray(writer, NetworkDocument.B1, network.B1, number => WriteNumber(writer, number, single));
        WriteArray(writer, NetworkDocument.W2, network.W2.Row(0), number => WriteNumber(writer, number, single));
        writer.WritePropertyName(NetworkDocument.B2);
        WriteNumber(writer, network.B2, single);
    }

    private static void WriteEncoding(Utf8JsonWriter writer, InputEncoding encoding)
    {
        int[] features = [.. Enumerable.Range(0, encoding.FeatureCount)], used = [.. features.Where(d => encoding.Knots(d).Length > 0)];
        writer.WriteStartObject(NetworkDocument.Encoding);
        if (used.Length < features.Length / 2)
        {
            writer.WriteNumber(NetworkDocument.Features, features.Length);
            writer.WriteBase64String(NetworkDocument.Used, PackedBits.Write(used, features.Length));
            features = used;
        }
        // A bound that is not there is null, for JSON has no infinity.
        WriteArray(writer, NetworkDocument.Lower, features, d => WriteNumberOrNull(writer, encoding.Lower[d], single: true));
        WriteArray(writer, NetworkDocument.Upper, features, d => WriteNumberOrNull(writer, encoding.Upper[d], single: true));
        WriteArray(writer, NetworkDocument.Knots, features, d => WriteArray(writer, null, encoding.Knots(d).ToArray(), writer.WriteNumberValue));
        if (encoding.Crosses.Length > 0)
        {
            WriteArray(writer, NetworkDocument.Crosses, encoding.Crosses.ToArray(), cross =>
                WriteArray(writer, null, (int[])[cross.First, cross.FirstCount, cross.Second, cross.SecondCount], writer.WriteNumberValue));
        }
        writer.WriteEndObject();
    }

    private static void WriteHistory(Utf8JsonWriter writer, TrainingHistory history)
    {
        writer.WriteStartObject();
        WriteArray(writer, NetworkDocument.TrainingLosses, history.Epochs, e => WriteNumberOrNull(writer, e.TrainingLoss));
        if (history.Epochs.Any(e => e.ValidationLoss is not null))
            WriteArray(writer, NetworkDocument.ValidationLosses, history.Epochs, e => WriteNumberOrNull(writer, e.ValidationLoss ?? double.NaN));
        writer.WriteNumber(NetworkDocument.BestEpoch, history.BestEpoch);
        writer.WriteBoolean(NetworkDocument.WasCancelled, history.WasCancelled);
        if (history.Members.Count > 0)
            WriteArray(writer, NetworkDocument.Members, history.Members, member => WriteHistory(writer, member));
        writer.WriteEndObject();
    }

    private static void WriteEstimate(Utf8JsonWriter writer, QualityEstimate estimate)
    {
        writer.WriteStartObject(NetworkDocument.Estimate);
        foreach ((string name, double number) in ((string, double)[])
        [
            (NetworkDocument.Auc, estimate.Auc), (NetworkDocument.AucStandardError, estimate.AucStandardError),
            (NetworkDocument.LogLoss, estimate.LogLoss), (NetworkDocument.LogLossStandardError, estimate.LogLossStandardError),
        ])
        {
            writer.WritePropertyName(name);
            WriteNumberOrNull(writer, number);
        }
        writer.WriteNumber(NetworkDocument.Rows, estimate.Rows);
        writer.WriteEndObject();
    }

    private static byte[] Bytes(ReadOnlySpan<ulong> hashes)
    {
        byte[] bytes = new byte[hashes.Length * sizeof(ulong)];
        for (int i = 0; i < hashes.Length; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)), hashes[i]);
        return bytes;
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string> texts)
    {
        writer.WriteStartObject(name);
        foreach ((string key, string text) in texts)
            writer.WriteString(key, text);
        writer.WriteEndObject();
    }

    private static void WriteArray<T>(Utf8JsonWriter writer, string? name, IEnumerable<T> items, Action<T> write)
    {
        if (name is not null)
            writer.WritePropertyName(name);
        writer.WriteStartArray();
        foreach (T item in items)
            write(item);
        writer.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter writer, double number, bool single)
    {
        if (single)
            writer.WriteNumberValue((float)number);
        else
            writer.WriteNumberValue(number);
    }

    private static void WriteNumberOrNull(Utf8JsonWriter writer, double number, bool single = false)
    {
        if (double.IsFinite(number))
            WriteNumber(writer, number, single);
        else
            writer.WriteNullValue();
    }
}
