using System.Globalization;

namespace MlNetShallowNet.Samples.Generators;

/// <summary>
/// The flower of the neural-network course: two classes whose points lie along the petals r = 4 sin 4t of a rose, one class per half turn,
/// with normal noise of 0.2 on angle and radius. Seed 1 and 400 points give the course's own.
/// </summary>
internal static class PlanarFlower
{
    private const double Radius = 4;
    private const double HalfTurn = 3.12;
    private const double Noise = 0.2;

    /// <summary>The points, the first half labelled 0, the second 1.</summary>
    /// <param name="points">How many; even, at least 4.</param>
    /// <param name="seed">The seed.</param>
    public static IEnumerable<(float X0, float X1, int Label)> Draw(int points = 400, uint seed = 1)
    {
        NumPyRandom random = new(seed);
        int half = points / 2;
        for (int label = 0; label < 2; label++)
        {
            // All angles are drawn before all radii, as NumPy's whole-array operations do.
            double[] angle = new double[half];
            double start = label * HalfTurn;
            double end = (label + 1) * HalfTurn;
            for (int i = 0; i < half; i++)
                angle[i] = (i == half - 1 ? end : start + i * ((end - start) / (half - 1))) + random.NextNormal() * Noise;
            for (int i = 0; i < half; i++)
            {
                double r = Radius * Math.Sin(4 * angle[i]) + random.NextNormal() * Noise;
                yield return ((float)(r * Math.Sin(angle[i])), (float)(r * Math.Cos(angle[i])), label);
            }
        }
    }

    /// <summary>Writes the points as a table with the columns f0, f1 and Label, to six significant digits.</summary>
    public static void Write(TextWriter writer, int points = 400, uint seed = 1)
    {
        writer.Write("f0,f1,Label\n");
        foreach ((float x0, float x1, int label) in Draw(points, seed))
            writer.Write($"{SixDigits(x0)},{SixDigits(x1)},{label}\n");
    }

    /// <summary>C's "%.6g".</summary>
    private static string SixDigits(float value)
    {
        string text = ((double)value).ToString("G6", CultureInfo.InvariantCulture);
        return text.Contains('E') ? ((double)value).ToString("0.#####e+00", CultureInfo.InvariantCulture) : text;
    }
}
