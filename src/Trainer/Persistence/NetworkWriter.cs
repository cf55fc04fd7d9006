using System.Buffers.Binary;
using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
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
        writer.WriteStartArray(NetworkDocument.W1);
        foreach (Vector<double> row in network.W1.EnumerateRows())
        {
            if (packed)
                writer.WriteBase64StringValue(PackedNumbers.Write(row.ToArray(), single));
            else
                WriteNumbers(writer, row, single);
        }
        writer.WriteEndArray();
        writer.WritePropertyName(NetworkDocument.B1);
        WriteNumbers(writer, network.B1, single);
        writer.WritePropertyName(NetworkDocument.W2);
        WriteNumbers(writer, network.W2.Row(0), single);
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
        WriteBounds(writer, NetworkDocument.Lower, features, encoding.Lower);
        WriteBounds(writer, NetworkDocument.Upper, features, encoding.Upper);
        writer.WriteStartArray(NetworkDocument.Knots);
        foreach (int d in features)
        {
            writer.WriteStartArray();
            foreach (float knot in encoding.Knots(d))
                writer.WriteNumberValue(knot);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        if (encoding.Crosses.Length > 0)
            WriteCrosses(writer, encoding.Crosses);
        writer.WriteEndObject();
    }

    private static void WriteCrosses(Utf8JsonWriter writer, ReadOnlySpan<FeatureCross> crosses)
    {
        writer.WriteStartArray(NetworkDocument.Crosses);
        foreach (FeatureCross cross in crosses)
        {
            writer.WriteStartArray();
            foreach (int number in (ReadOnlySpan<int>)[cross.First, cross.FirstCount, cross.Second, cross.SecondCount])
                writer.WriteNumberValue(number);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
    }

    // A bound that is not there is null, for JSON has no infinity.
    private static void WriteBounds(Utf8JsonWriter writer, string name, int[] features, ReadOnlySpan<float> bounds)
    {
        writer.WriteStartArray(name);
        foreach (int d in features)
        {
            if (float.IsFinite(bounds[d]))
                writer.WriteNumberValue(bounds[d]);
            else
                writer.WriteNullValue();
        }

        writer.WriteEndArray();
    }

    private static void WriteHistory(Utf8JsonWriter writer, TrainingHistory history)
    {
        writer.WriteStartObject();
        WriteLosses(writer, NetworkDocument.TrainingLosses, history.Epochs.Select(e => (double?)e.TrainingLoss));
        if (history.Epochs.Any(e => e.ValidationLoss is not null))
            WriteLosses(writer, NetworkDocument.ValidationLosses, history.Epochs.Select(e => e.ValidationLoss));
        writer.WriteNumber(NetworkDocument.BestEpoch, history.BestEpoch);
        writer.WriteBoolean(NetworkDocument.WasCancelled, history.WasCancelled);
        if (history.Members.Count > 0)
        {
            writer.WriteStartArray(NetworkDocument.Members);
            foreach (TrainingHistory member in history.Members)
                WriteHistory(writer, member);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteLosses(Utf8JsonWriter writer, string name, IEnumerable<double?> losses)
    {
        writer.WriteStartArray(name);
        foreach (double? loss in losses)
            WriteNumberOrNull(writer, loss ?? double.NaN);
        writer.WriteEndArray();
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

    private static void WriteNumbers(Utf8JsonWriter writer, IEnumerable<double> numbers, bool single)
    {
        writer.WriteStartArray();
        foreach (double number in numbers)
            WriteNumber(writer, number, single);
        writer.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter writer, double number, bool single)
    {
        if (single)
            writer.WriteNumberValue((float)number);
        else
            writer.WriteNumberValue(number);
    }

    private static void WriteNumberOrNull(Utf8JsonWriter writer, double number)
    {
        if (double.IsFinite(number))
            writer.WriteNumberValue(number);
        else
            writer.WriteNullValue();
    }
}
