namespace Microsoft.ML.Trainers;

/// <summary>The rows that logistic regression is trained on, and its loss over them.</summary>
internal sealed class LogisticRows(float l2)
{
    private readonly List<(VBuffer<float> Features, float Label, float Weight)> _rows = [];
    private double _weightSum;
    public int Count => _rows.Count;

    public static LogisticRows Read(
        IChannel channel, IDataView data, DataViewSchema.Column features, LbfgsLogisticRegressionBinaryTrainer.Options options)
    {
        var rows = new LogisticRows(options.L2Regularization);
        var label = data.Schema[options.LabelColumnName];
        DataViewSchema.Column? weight = options.ExampleWeightColumnName == null ? null : data.Schema[options.ExampleWeightColumnName];
        using var cursor = data.GetRowCursor([features, label, .. weight is { } w ? [w] : Array.Empty<DataViewSchema.Column>()]);
        var getFeatures = cursor.GetGetter<VBuffer<float>>(features);
        var readLabel = Labels.MakeReader(cursor, label);
        var readWeight = weight is { } column ? Getters.AsFunction(cursor.GetGetter<float>(column)) : () => 1;
        long skipped = 0;
        while (cursor.MoveNext())
        {
            VBuffer<float> row = default;
            getFeatures(ref row);
            if (readWeight() is var importance && float.IsFinite(importance) && row.Items().All(item => float.IsFinite(item.Value)))
                rows._rows.Add((row, readLabel(), importance));
            else
                skipped++;
        }
        rows._weightSum = rows._rows.Sum(row => (double)row.Weight);
        Contracts.Check(rows.Count > 0, "No valid training instances found, all instances have missing features.");
        if (skipped > 0)
            channel.Warning(MessageSensitivity.None, "Skipped {0} instances with missing features/label/weight during training", skipped);
        return rows;
    }

    public float Loss(float[] weights, float[] gradient)
    {
        Array.Clear(gradient);
        double loss = 0;
        var linear = weights.AsSpan(1);
        foreach (var (features, label, weight) in _rows)
        {
            float half = (weights[0] + DenseMath.Dot(linear, in features)) / 2;
            float logZ = (float)(Math.Abs(half) + Math.Log(1.0 + Math.Exp(-2 * Math.Abs(half))));
            float probability = (float)Math.Exp(half - logZ);
            loss += weight * (logZ - (2 * label - 1) * half);
            float error = weight * (probability - label);
            DenseMath.AddMultiple(in features, error, gradient.AsSpan(1));
            gradient[0] += error;
        }
        TensorPrimitives.MultiplyAdd(linear, l2, gradient.AsSpan(1), gradient.AsSpan(1));
        float scale = 1 / (float)_weightSum, penalty = TensorPrimitives.SumOfSquares<float>(linear) * l2 * 0.5f;
        TensorPrimitives.Multiply(gradient, scale, gradient);
        return ((float)loss + penalty) * scale;
    }
}

/// <summary>Sums over vectors of single precision.</summary>
internal static class DenseMath
{
    public static float Dot(ReadOnlySpan<float> dense, in VBuffer<float> vector)
    {
        var values = vector.GetValues();
        var indices = vector.GetIndices();
        if (vector.IsDense)
            return TensorPrimitives.Dot(dense, values);
        float sum = 0;
        for (int i = 0; i < values.Length; i++)
            sum += dense[indices[i]] * values[i];
        return sum;
    }

    public static void AddMultiple(in VBuffer<float> vector, float factor, Span<float> target)
    {
        var values = vector.GetValues();
        var indices = vector.GetIndices();
        if (vector.IsDense)
            TensorPrimitives.MultiplyAdd(values, factor, target, target);
        for (int i = 0; i < indices.Length; i++)
            target[indices[i]] += values[i] * factor;
    }
}
