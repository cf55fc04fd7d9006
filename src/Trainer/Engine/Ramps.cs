namespace MlNetShallowNet.Engine;

/// <summary>
/// Features that the first layer reads through knots: a feature of K knots has K neighbouring columns of W1, of which a row uses the two
/// around its value. What is trained are not these columns V but K parameters θ of the feature, a line and a ramp for each interval:
/// <c>V[k] = θ0 line[k] + s (θ1 + ... + θk) - c</c>, with c such that the ramps' part has mean 0 over the rows. The way back from dV to dθ
/// is the transpose.
/// </summary>
internal sealed class Ramps
{
    private readonly float[][] _line, _meanColumns;

    /// <param name="line">For each feature the values at its knots of the feature itself, standardised; two knots at least.</param>
    /// <param name="meanColumns">For each feature the mean of each of its columns over the rows.</param>
    /// <param name="scale">s: how large ramps are beside the line; the larger, the faster they are learnt.</param>
    public Ramps(float[][] line, float[][] meanColumns, float scale)
    {
        (_line, _meanColumns, Scale) = (line, meanColumns, scale);
        FirstColumns = new int[line.Length + 1];
        LastIntervals = new int[line.Length];
        for (int f = 0; f < line.Length; f++)
        {
            if (line[f].Length < 2 || meanColumns[f].Length != line[f].Length)
                throw new ArgumentException($"Feature {f} has {line[f].Length} knots and {meanColumns[f].Length} means; as many were expected, and two at least.");
            FirstColumns[f + 1] = FirstColumns[f] + line[f].Length;
            LastIntervals[f] = line[f].Length - 2;
        }
    }

    /// <summary>Features of so many knots each, for a finished network: nothing is known of the parameters behind their columns.</summary>
    public static Ramps OfKnots(IEnumerable<int> counts)
    {
        float[][] none = [.. counts.Select(count => new float[count])];
        return new Ramps(none, none, 1);
    }

    /// <summary>No features.</summary>
    public static Ramps None { get; } = new([], [], 1);

    /// <summary>F.</summary>
    public int Count => _line.Length;

    /// <summary>All their knots.</summary>
    public int ColumnCount => FirstColumns[^1];

    /// <summary>s.</summary>
    public float Scale { get; }

    /// <summary>Where each feature's columns begin, and where those of the last end.</summary>
    public int[] FirstColumns { get; }

    /// <summary>Each feature's last interval, from 0.</summary>
    public int[] LastIntervals { get; }

    /// <summary>The line at a feature's knots.</summary>
    public ReadOnlySpan<float> Line(int feature) => _line[feature];

    /// <summary>The mean of each of a feature's columns.</summary>
    public ReadOnlySpan<float> MeanColumns(int feature) => _meanColumns[feature];
}
