using MathNet.Numerics.LinearAlgebra;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Training;

/// <summary>
/// Features that are read through knots where they have more than two values to tell apart, and as single columns where not. The columns in
/// training are the knots first, the others after them and products of features last, so that rows hold positions and sparse columns; the model
/// has them feature by feature, and the products last, too.
/// </summary>
internal sealed class EncodedInputs : TrainingInputs
{
    private readonly FittedFeature[] _features;
    private readonly int[] _place; // of a feature, among those with knots, or among the others as its complement
    private readonly int[] _withKnots, _others; // features
    private readonly bool _keepsRows;
    private const int LeftOut = int.MinValue;

    /// <param name="features">How each feature is read.</param>
    /// <param name="rampScale">How large ramps are beside the line; the larger, the faster they are learnt.</param>
    /// <param name="keepsRows">Whether rows are wanted as they are once they are prepared; dense ones otherwise give their place to their positions.</param>
    /// <param name="crosses">The features that are read together.</param>
    public EncodedInputs(FittedFeature[] features, double rampScale, bool keepsRows = true, ReadOnlySpan<FeatureCross> crosses = default)
    {
        (_features, _keepsRows) = (features, keepsRows);
        _withKnots = [.. Enumerable.Range(0, features.Length).Where(d => features[d].HasKnots)];
        _others = [.. Enumerable.Range(0, features.Length).Where(d => features[d].IsSingle)];
        _place = new int[features.Length];
        Array.Fill(_place, LeftOut);
        for (int f = 0; f < _withKnots.Length; f++)
            _place[_withKnots[f]] = f;
        for (int j = 0; j < _others.Length; j++)
            _place[_others[j]] = ~j;
        Ramps = new Ramps(
            [.. _withKnots.Select(d => features[d].Line)], [.. _withKnots.Select(d => features[d].MeanColumns)], (float)rampScale);
        // Nothing to learn from: one column that is always the same keeps the shapes alive.
        bool none = _withKnots.Length + _others.Length == 0;
        Encoding = new InputEncoding(
            [.. features.Select(f => none ? 0 : f.Least)], [.. features.Select(f => none ? 0 : f.Greatest)],
            [.. features.Select((f, d) => f.HasKnots ? f.Knots : f.IsSingle ? [f.Reference] : none && d == 0 ? [0f] : (float[])[])],
            crosses);
        ColumnCount = Encoding.ColumnCount;
    }

    public override int ColumnCount { get; }

    public override Ramps Ramps { get; }

    public override InputEncoding Encoding { get; }

    // With those of crosses. Without any column, one stands for them.
    private int OtherCount => ColumnCount - Ramps.ColumnCount;

    public override TrainingRows Prepare(TrainingRows rows) => rows is DenseRows dense ? Prepare(dense) : Prepare((SparseRows)rows);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private EncodedRows Prepare(DenseRows rows)
    {
        int D = rows.FeatureCount, F = Ramps.Count;
        float[] positions = _keepsRows ? new float[checked(rows.Count * F)] : rows.Values;
        var others = new SparseRowsBuilder(rows.Count, 0);
        int[] crossed = new int[Encoding.RoomForCrosses];
        float[] products = new float[crossed.Length];
        for (int i = 0; i < rows.Count; i++)
        {
            // A position's place is never behind that of its value, so nothing is overwritten that is still to be read, once the other columns are.
            ReadOnlySpan<float> row = rows.Values.AsSpan(i * D, D);
            Span<float> placed = positions.AsSpan(i * F, F);
            for (int j = 0; j < _others.Length; j++)
            {
                float value = _features[_others[j]].Column(row[_others[j]]);
                if (value != 0)
                    others.Add(j, value);
            }
            if (crossed.Length > 0)
                AddCrosses(Encoding.Cross(row, crossed, products), crossed, products, others);
            for (int f = 0; f < placed.Length; f++)
                placed[f] = Encoding.Position(_withKnots[f], row[_withKnots[f]]);
            others.EndRow();
        }
        return new EncodedRows(Ramps, positions, others.ToRows(OtherCount, rows));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private EncodedRows Prepare(SparseRows rows)
    {
        int F = Ramps.Count;
        if ((long)rows.Count * F > Array.MaxLength)
        {
            throw new InvalidOperationException(
                $"Of {rows.Count} sparse rows {F} features are read through knots, for they have values in many rows: more numbers than an array holds. " +
                "Lower MemoryBudgetMegabytes, so that the rows go through a temporary file, or set FeatureEncoding to None.");
        }
        float[] positions = new float[rows.Count * F], ofZero = [.. _withKnots.Select(d => Encoding.Position(d, 0))];
        var others = new SparseRowsBuilder(rows.Count, checked(rows.RowStarts[rows.Count] + rows.Count * Encoding.Crosses.Length));
        int[] crossed = new int[Encoding.RoomForCrosses];
        float[] products = new float[crossed.Length], zeros = new float[crossed.Length > 0 ? rows.FeatureCount : 0];
        for (int i = 0; i < rows.Count; i++)
        {
            Span<float> placed = positions.AsSpan(i * F, F);
            ofZero.CopyTo(placed);
            (int start, int count) = rows.Row(i);
            for (int k = start; k < start + count; k++)
            {
                int feature = rows.Indices[k], place = _place[feature];
                if (place >= 0)
                    placed[place] = Encoding.Position(feature, rows.Values[k]);
                else if (place != LeftOut)
                    others.Add(~place, _features[feature].Column(rows.Values[k]));
            }
            if (crossed.Length > 0)
            {
                count = Encoding.Cross(rows.Indices.AsSpan(start, count), rows.Values.AsSpan(start, count), zeros, crossed, products);
                AddCrosses(count, crossed, products, others);
            }
            others.EndRow();
        }
        return new EncodedRows(Ramps, positions, others.ToRows(OtherCount, rows));
    }

    private void AddCrosses(int count, int[] columns, float[] values, SparseRowsBuilder others)
    {
        for (int k = 0; k < count; k++)
            others.Add(_others.Length + columns[k] - Encoding.FirstCrossColumn, values[k]);
    }

    // Drawn for a feature's line, or for its only column, as for a plain standardised feature.
    public override void Draw(TrainingSettings settings, ParameterLayout layout, Span<float> flat)
    {
        int F = Ramps.Count, H = layout.HiddenUnits;
        NetworkParameters drawn = NetworkInitializer.Draw(
            F + OtherCount, H, settings.Activation, settings.Initialization, settings.Seed, settings.StartScore, settings.FanIn);
        flat[..layout.Count].Clear();
        ReadOnlySpan<double> w1 = drawn.W1ByFeature;
        for (int panel = 0; panel < layout.PanelCount; panel++)
        {
            for (int f = 0; f < F + OtherCount; f++)
            {
                int column = f < F ? Ramps.FirstColumns[f] : Ramps.ColumnCount + f - F;
                layout.PackUnits(w1.Slice(f * H, H), panel, flat[(layout.Panel(panel) + column * layout.WidthOf(panel))..]);
            }
        }
        layout.PackOutput(drawn, flat);
    }

    public override NetworkParameters Fold(NetworkParameters trained)
    {
        int H = trained.HiddenUnits;
        double[] folded = new double[H * ColumnCount];
        ReadOnlySpan<double> w1 = trained.W1ByFeature;
        for (int f = 0; f < _withKnots.Length; f++)
        {
            int knots = _features[_withKnots[f]].Knots.Length;
            w1.Slice(Ramps.FirstColumns[f] * H, knots * H).CopyTo(folded.AsSpan(Encoding.FirstColumn(_withKnots[f]) * H));
        }
        for (int j = 0; j < _others.Length; j++)
        {
            TensorPrimitives.Multiply(
                w1.Slice((Ramps.ColumnCount + j) * H, H), _features[_others[j]].Scale, folded.AsSpan(Encoding.FirstColumn(_others[j]) * H, H));
        }
        w1[^((ColumnCount - Encoding.FirstCrossColumn) * H)..].CopyTo(folded.AsSpan(Encoding.FirstCrossColumn * H));
        return new NetworkParameters(Matrix<double>.Build.Dense(H, ColumnCount, folded), trained.B1, trained.W2, trained.B2, trained.Activation);
    }

    public override NetworkParameters Unfold(NetworkParameters network) =>
        throw new InvalidOperationException("An encoded network is gone on from on its own columns, without this.");
}
