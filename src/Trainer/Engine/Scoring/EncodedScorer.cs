using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Engine;

/// <summary>
/// Z2 of rows for a finished network that reads encoded features. A row uses two columns of each feature with knots, so it costs 2 D H
/// multiply-adds however many knots there are; blocks of rows go through W1 panel by panel, so that a panel stays in the cache.
/// </summary>
internal sealed class EncodedScorer : ModelScorer
{
    // A call for each column of a sparse row would cost more than its multiply-adds.
    private const int BlockColumns = 256;

    private readonly InputEncoding _encoding;
    private readonly RampKernel _ramps;
    private readonly AlignedFloats _table, _zero; // _zero: Z1 of the row that is 0, without its crosses
    private readonly int[] _withKnots, _single; // features
    private readonly int _sparse; // room for a row's columns that are not of knots
    private readonly int[] _tableColumn; // of a feature's first column
    private readonly float[] _ofZero; // of a single column: its value where the feature is 0

    [ThreadStatic]
    private static Scratch? _scratch;

    /// <param name="encoding">The encoding.</param>
    /// <param name="network">A network on its columns.</param>
    /// <param name="lanes">Numbers in a vector, for tests; 0 for what suits the machine.</param>
    public EncodedScorer(InputEncoding encoding, NetworkParameters network, int lanes = 0)
        : base(encoding.FeatureCount, columns: 0, network, lanes) // W1 is the table
    {
        _encoding = encoding;
        int T = encoding.ColumnCount, D = encoding.FeatureCount;
        Layout.PackOutput(network, Parameters.Span);
        _withKnots = [.. Enumerable.Range(0, D).Where(d => encoding.Knots(d).Length > 1)];
        _single = [.. Enumerable.Range(0, D).Where(d => encoding.Knots(d).Length == 1)];
        _ramps = RampKernel.Create(Layout, Ramps.OfKnots(_withKnots.Select(d => encoding.Knots(d).Length)), T);
        _sparse = _single.Length + encoding.RoomForCrosses;
        _tableColumn = new int[D];
        _table = new AlignedFloats(checked(Layout.PaddedUnits * T));
        ReadOnlySpan<double> w1 = network.W1ByFeature;
        int column = 0;
        foreach (int d in (int[])[.. _withKnots, .. _single])
        {
            _tableColumn[d] = column;
            for (int k = 0; k < encoding.Knots(d).Length; k++, column++)
                PackColumn(w1.Slice((encoding.FirstColumn(d) + k) * network.HiddenUnits, network.HiddenUnits), column);
        }
        for (; column < T; column++) // crosses' columns are the last ones here, too
            PackColumn(w1.Slice(column * network.HiddenUnits, network.HiddenUnits), column);
        _ramps.Compress(_table);
        _ofZero = new float[D];
        foreach (int d in _single)
            _ofZero[d] = encoding.Encode(d, 0, out _, out float value, out _) > 0 ? value : 0;
        _zero = new AlignedFloats(Layout.PaddedUnits);
        Multiply(new float[D], 1, new Scratch().Fit(this), new PanelRows(_zero, 1, 0), withCrosses: false);
    }

    protected override void Multiply(ReadOnlySpan<float> rows, int count, in PanelRows z1) =>
        Multiply(rows, count, (_scratch ??= new Scratch()).Fit(this), z1, _encoding.RoomForCrosses > 0);

    // From the row that is 0 on, feature by feature that is not: rows of many features are mostly zeros.
    protected override void Multiply(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, in PanelRows z1)
    {
        Scratch scratch = (_scratch ??= new Scratch()).Fit(this);
        _zero.Span.CopyTo(MemoryMarshal.CreateSpan(ref z1.Panel(0, Layout.PanelWidth, Layout.PanelWidth), Layout.PaddedUnits)); // one row: panels follow one another
        Span<int> columns = stackalloc int[BlockColumns];
        Span<float> weights = stackalloc float[BlockColumns];
        int at = 0;
        for (int k = 0; k < indices.Length; k++)
        {
            if (at > BlockColumns - 4)
            {
                _ramps.MultiplyRow(columns[..at], weights[..at], _table, z1);
                at = 0;
            }
            int feature = indices[k], first = _tableColumn[feature];
            switch (_encoding.Knots(feature).Length)
            {
                case 0:
                    break;
                case 1:
                    float value = _encoding.Encode(feature, values[k], out _, out float encoded, out _) > 0 ? encoded : 0;
                    (columns[at], weights[at++]) = (first, value - _ofZero[feature]);
                    break;
                default:
                    float t = _encoding.Locate(feature, values[k], out int interval), t0 = _encoding.Locate(feature, 0, out int interval0);
                    (columns[at], columns[at + 1], columns[at + 2], columns[at + 3]) = (first + interval, first + interval + 1, first + interval0, first + interval0 + 1);
                    (weights[at], weights[at + 1], weights[at + 2], weights[at + 3]) = (1 - t, t, t0 - 1, -t0);
                    at += 4;
                    break;
            }
        }
        _ramps.MultiplyRow(columns[..at], weights[..at], _table, z1);
        if (_encoding.RoomForCrosses > 0)
        {
            at = _encoding.Cross(indices, values, scratch.Zeros, scratch.Singles, scratch.Values);
            _ramps.MultiplyRow(scratch.Singles.AsSpan(0, at), scratch.Values.AsSpan(0, at), _table, z1);
        }
    }

    // Z1 of some rows.
    private void Multiply(ReadOnlySpan<float> rows, int count, Scratch scratch, in PanelRows z1, bool withCrosses)
    {
        int D = FeatureCount;
        if (count == 1)
            Locate(rows, scratch);
        else
            Locate(rows, count, scratch);
        _ramps.Multiply(count, scratch.Columns, scratch.Fractions, _table, B1, z1);
        // A feature that is NaN makes the score so, whether or not a unit reads it.
        for (int i = 0, F = _withKnots.Length; i < count && _ramps.LeavesOut; i++)
        {
            ReadOnlySpan<float> fractions = scratch.Fractions.AsSpan(i * F, F);
            if (float.IsNaN(Products.Dot(fractions, fractions)))
                z1.From(i).Panel(0, Layout.PanelWidth, Layout.WidthOf(0)) = float.NaN;
        }
        for (int i = 0; i < count && _sparse > 0; i++)
        {
            int at = 0;
            foreach (int d in _single)
            {
                if (_encoding.Encode(d, rows[i * D + d], out _, out float value, out _) > 0 && value != 0)
                    (scratch.Singles[at], scratch.Values[at++]) = (_tableColumn[d], value);
            }
            if (withCrosses)
                at += _encoding.Cross(rows.Slice(i * D, D), scratch.Singles.AsSpan(at), scratch.Values.AsSpan(at));
            _ramps.MultiplyRow(scratch.Singles.AsSpan(0, at), scratch.Values.AsSpan(0, at), _table, z1.From(i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Locate(ReadOnlySpan<float> row, Scratch scratch)
    {
        for (int f = 0; f < _withKnots.Length; f++)
        {
            scratch.Fractions[f] = _encoding.Locate(_withKnots[f], row[_withKnots[f]], out int interval);
            scratch.Columns[f] = _tableColumn[_withKnots[f]] + interval;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Locate(ReadOnlySpan<float> rows, int count, Scratch scratch)
    {
        int D = FeatureCount, F = _withKnots.Length;
        Span<float> values = stackalloc float[BlockRows];
        Span<int> intervals = stackalloc int[BlockRows];
        for (int f = 0; f < F; f++)
        {
            int feature = _withKnots[f], first = _tableColumn[feature];
            for (int i = 0; i < count; i++)
                values[i] = rows[i * D + feature];
            _encoding.Locate(feature, values[..count], intervals);
            for (int i = 0; i < count; i++)
                (scratch.Columns[i * F + f], scratch.Fractions[i * F + f]) = (first + intervals[i], values[i]);
        }
    }

    private void PackColumn(ReadOnlySpan<double> weights, int column)
    {
        for (int panel = 0; panel < Layout.PanelCount; panel++)
        {
            int width = Layout.WidthOf(panel);
            Layout.PackUnits(weights, panel, _table.AsSpan(_ramps.Panel(panel) + column * width, width));
        }
    }

    // What a thread needs to score with any network.
    private sealed class Scratch
    {
        public int[] Columns { get; private set; } = [];

        public float[] Fractions { get; private set; } = [];

        public int[] Singles { get; private set; } = [];

        public float[] Values { get; private set; } = [];

        public float[] Zeros { get; private set; } = [];

        public Scratch Fit(EncodedScorer scorer)
        {
            int knots = BlockRows * scorer._withKnots.Length, singles = scorer._sparse;
            if (Columns.Length < knots)
                (Columns, Fractions) = (new int[knots], new float[knots]);
            if (Singles.Length < singles)
                (Singles, Values) = (new int[singles], new float[singles]);
            if (scorer._encoding.RoomForCrosses > 0 && Zeros.Length < scorer.FeatureCount)
                Zeros = new float[scorer.FeatureCount];
            return this;
        }
    }
}
