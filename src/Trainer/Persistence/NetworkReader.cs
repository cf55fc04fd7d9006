using System.Buffers.Binary;
using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Learning;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.Persistence;

/// <summary>
/// A network out of JSON. Nothing is taken on trust: what is allocated is in proportion to what stands there, and whatever does not fit is an
/// <see cref="InvalidDataException"/> of one sentence.
/// </summary>
internal static class NetworkReader
{
    // A name that stands twice could mean either of two values.
    private static readonly JsonDocumentOptions _options = new() { AllowDuplicateProperties = false };

    public static NetworkDocument Read(Stream stream) => Read(() => JsonDocument.Parse(stream, _options));

    public static NetworkDocument Read(ReadOnlyMemory<byte> json) => Read(() => JsonDocument.Parse(json, _options));

    private static NetworkDocument Read(Func<JsonDocument> parse)
    {
        try
        {
            using JsonDocument document = parse();
            return Read(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"it is not valid JSON (line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}).", error);
        }
        catch (InvalidOperationException error) // names of properties are looked at in many places
        {
            throw new InvalidDataException("it is not valid JSON: a name in it is no Unicode text.", error);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }

    private static NetworkDocument Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException("it must be a JSON object with W1, b1, W2 and b2.");
        var trained = new TrainedNetwork(
            Parameters(root),
            root.Optional(NetworkDocument.History) is { } history ? History(history, allowMembers: true) : TrainingHistory.None,
            root.Optional(NetworkDocument.Encoding) is { } encoding ? Encoding(encoding) : null,
            root.Optional(NetworkDocument.Estimate) is { } estimate ? Estimate(estimate) : null,
            root.Optional(NetworkDocument.Calibration) is { } calibration ? Calibration(calibration) : null,
            Provenance(root),
            root.Optional(NetworkDocument.TrainedOn) is { } hashes ? TrainedOn(hashes) : null);
        trained.Check();
        double threshold = root.Optional(NetworkDocument.ThresholdName)?.Number(NetworkDocument.ThresholdName) ?? NetworkDocument.OneHalf;
        return threshold is > 0 and < 1
            ? new NetworkDocument(trained, root.Optional(NetworkDocument.FeatureColumn)?.Text(NetworkDocument.FeatureColumn), threshold)
            : throw new InvalidDataException($"its threshold is {threshold}; a threshold is a probability above 0 and below 1.");
    }

    private static NetworkParameters Parameters(JsonElement root)
    {
        IActivation activation = root.TryGetProperty(NetworkDocument.Activation, out JsonElement name)
            ? Activation.ByName(name.Text(NetworkDocument.Activation))
            : Activation.Tanh;
        bool single = root.Optional(NetworkDocument.Precision)?.Text(NetworkDocument.Precision) == NetworkDocument.Single;
        double[][] W1 = Rows(root.Required(NetworkDocument.W1), single);
        int H = W1.Length, D = W1[0].Length;
        double[] b1 = Flat(root, NetworkDocument.B1, single), W2 = Flat(root, NetworkDocument.W2, single), b2 = Flat(root, NetworkDocument.B2, single);
        if (b1.Length != H || W2.Length != H)
        {
            throw new InvalidDataException(
                $"W1 has {H} rows of {D} numbers, so b1 and W2 must have {H} numbers each; b1 has {b1.Length} and W2 has {W2.Length}.");
        }

        if (b2.Length != 1)
            throw new InvalidDataException($"b2 must be one number; it has {b2.Length}.");
        return new NetworkParameters(
            Matrix<double>.Build.DenseOfRowArrays(W1), Vector<double>.Build.Dense(b1), Matrix<double>.Build.Dense(1, H, W2), b2[0], activation);
    }

    private static double[][] Rows(JsonElement w1, bool single)
    {
        var rows = new List<double[]>();
        foreach (JsonElement item in w1.Items(NetworkDocument.W1))
        {
            double[] row = item.ValueKind == JsonValueKind.String
                ? PackedNumbers.Read(item, "each row of W1", single)
                : [.. item.Items("each row of W1").Select(number => number.Number(NetworkDocument.W1, single))];
            rows.Add(row);
            if (row.Length != rows[0].Length)
                throw new InvalidDataException($"the rows of W1 must be of one length; the first has {rows[0].Length} numbers, row {rows.Count} has {row.Length}.");
        }

        return rows is [{ Length: > 0 }, ..]
            ? [.. rows]
            : throw new InvalidDataException("W1 must have rows, one for each hidden unit, with a number for each feature.");
    }

    // b1 may stand as a column, W2 as a row, b2 in brackets.
    private static double[] Flat(JsonElement root, string name, bool single)
    {
        JsonElement value = root.Required(name);
        if (value.ValueKind != JsonValueKind.Array)
            return [value.Number(name, single)];
        var numbers = new List<double>();
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Array)
                numbers.Add(item.Number(name, single));
            else
                numbers.AddRange(item.EnumerateArray().Select(i => i.Number(name, single)));
        }

        return [.. numbers];
    }

    private static InputEncoding Encoding(JsonElement encoding)
    {
        float[] lower = Bounds(encoding, NetworkDocument.Lower, float.NegativeInfinity), upper = Bounds(encoding, NetworkDocument.Upper, float.PositiveInfinity);
        float[][] knots = [.. Required(encoding, NetworkDocument.Knots).Items(NetworkDocument.Knots).Select(ofFeature => (float[])
            [.. ofFeature.Items("the knots of each feature").Select(knot => (float)knot.Number(NetworkDocument.Knots, single: true))])];
        for (int d = 0; d < knots.Length; d++)
        {
            for (int k = 1; k < knots[d].Length; k++)
            {
                if (!(knots[d][k - 1] < knots[d][k]))
                    throw new InvalidDataException($"the knots of feature {d} must ascend; {knots[d][k]} stands behind {knots[d][k - 1]}.");
            }
        }

        FeatureCross[] crosses = [.. encoding.Optional(NetworkDocument.Crosses)?.Items(NetworkDocument.Crosses).Select(Cross) ?? []];
        return encoding.Optional(NetworkDocument.Used) is { } used
            ? OfUsed(Required(encoding, NetworkDocument.Features).Count(NetworkDocument.Features), used, lower, upper, knots, crosses)
            : new InputEncoding(lower, upper, knots, crosses);
    }

    // Most features have no column: the arrays are of those that have one.
    private static InputEncoding OfUsed(int features, JsonElement used, float[] lower, float[] upper, float[][] knots, FeatureCross[] crosses)
    {
        int[] numbers = PackedBits.Read(used, NetworkDocument.Used, features);
        if (lower.Length != numbers.Length || upper.Length != numbers.Length || knots.Length != numbers.Length)
        {
            throw new InvalidDataException(
                $"its encoding uses {numbers.Length} features, so there must be as many lower bounds, upper bounds and lists of knots; there are " +
                $"{lower.Length}, {upper.Length} and {knots.Length}.");
        }
        (float[] allLower, float[] allUpper, float[][] allKnots) = (new float[features], new float[features], new float[features][]);
        Array.Fill(allLower, float.NegativeInfinity);
        Array.Fill(allUpper, float.PositiveInfinity);
        Array.Fill(allKnots, []);
        foreach ((int place, int d) in numbers.Index())
            (allLower[d], allUpper[d], allKnots[d]) = (lower[place], upper[place], knots[place]);
        return new InputEncoding(allLower, allUpper, allKnots, crosses);
    }

    private static FeatureCross Cross(JsonElement cross)
    {
        int[] numbers = [.. cross.Items("each of crosses").Take(5).Select(number => number.Count(NetworkDocument.Crosses))];
        return numbers is [int first, int firstCount, int second, int secondCount]
            ? new FeatureCross(first, firstCount, second, secondCount)
            : throw new InvalidDataException("each of its crosses must be four numbers: the first feature and the count of the one range, and of the other.");
    }

    private static float[] Bounds(JsonElement encoding, string name, float none) =>
        [.. Required(encoding, name).Items(name).Select(bound => bound.ValueKind == JsonValueKind.Null ? none : (float)bound.Number(name, single: true))];

    private static JsonElement Required(JsonElement encoding, string name) => encoding.Object(NetworkDocument.Encoding).Optional(name)
        ?? throw new InvalidDataException($"its encoding must have arrays lower, upper and knots, with an item for each feature; '{name}' is missing.");

    private static TrainingHistory History(JsonElement history, bool allowMembers)
    {
        history.Object(NetworkDocument.History);
        double[] training = [.. history.Required(NetworkDocument.TrainingLosses).Items(NetworkDocument.TrainingLosses).Select(l => l.NumberOrNaN(NetworkDocument.TrainingLosses))];
        double?[] validation = history.Optional(NetworkDocument.ValidationLosses) is { } losses
            ? [.. losses.Items(NetworkDocument.ValidationLosses).Select(l => l.ValueKind == JsonValueKind.Null ? null : (double?)l.Number(NetworkDocument.ValidationLosses))]
            : new double?[training.Length];
        int best = history.Required(NetworkDocument.BestEpoch).Count(NetworkDocument.BestEpoch);
        if (validation.Length != training.Length || best > training.Length)
        {
            throw new InvalidDataException(
                $"its history has {training.Length} training losses, {validation.Length} validation losses and the best epoch {best}; they do not fit each other.");
        }

        TrainingHistory[]? members = allowMembers && history.Optional(NetworkDocument.Members) is { } all
            ? [.. all.Items(NetworkDocument.Members).Select(member => History(member, allowMembers: false))]
            : null;
        return new TrainingHistory(
            [.. training.Zip(validation, (t, v) => new TrainingEpoch(t, v))], best,
            history.Optional(NetworkDocument.WasCancelled)?.Truth(NetworkDocument.WasCancelled) ?? false, members);
    }

    private static QualityEstimate Estimate(JsonElement estimate)
    {
        double Number(string name) => estimate.Object(NetworkDocument.Estimate).Optional(name)?.Number(name) ?? double.NaN;
        return new QualityEstimate(
            Number(NetworkDocument.Auc), Number(NetworkDocument.AucStandardError), Number(NetworkDocument.LogLoss),
            Number(NetworkDocument.LogLossStandardError), estimate.Required(NetworkDocument.Rows).Count(NetworkDocument.Rows));
    }

    private static PlattScaling Calibration(JsonElement calibration)
    {
        calibration.Object(NetworkDocument.Calibration);
        return new PlattScaling(
            calibration.Required(NetworkDocument.Slope).Number(NetworkDocument.Slope), calibration.Required(NetworkDocument.Offset).Number(NetworkDocument.Offset));
    }

    private static RowSketch TrainedOn(JsonElement hashes)
    {
        byte[] bytes = new byte[RowSketch.MostHashes * sizeof(ulong)];
        return Convert.TryFromBase64String(hashes.Text(NetworkDocument.TrainedOn), bytes, out int length) && length % sizeof(ulong) == 0
            ? new RowSketch(Enumerable.Range(0, length / sizeof(ulong)).Select(i => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)))))
            : throw new InvalidDataException(
                $"{NetworkDocument.TrainedOn}, the hashes of the rows that it was trained on, must be at most {RowSketch.MostHashes} numbers of eight bytes, as base64.");
    }

    private static TrainingProvenance? Provenance(JsonElement root) =>
        root.Optional(NetworkDocument.Options) is { } options && root.Optional(NetworkDocument.Versions) is { } versions
            ? new TrainingProvenance(Texts(options, NetworkDocument.Options), Texts(versions, NetworkDocument.Versions))
            : null;

    private static Dictionary<string, string> Texts(JsonElement texts, string name) =>
        texts.Object(name).EnumerateObject().ToDictionary(property => property.Name, property => property.Value.Text(name));
}
