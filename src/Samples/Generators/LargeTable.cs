using System.Globalization;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace MlNetShallowNet.Samples.Generators;

/// <summary>
/// A table of any length, to try speed and memory on: standard normal numbers, and a label that no straight line finds,
/// yes where sin(2 x0) + x1 x2 + 0.3 ε is above 0.
/// </summary>
internal static class LargeTable
{
    private const double Noise = 0.3;

    /// <summary>Writes the table, a row at a time.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many numbers in each, at least 3, beside the label.</param>
    /// <param name="seed">Where the random numbers start.</param>
    public static void Write(Stream output, long rows, int columns, int seed)
    {
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        double[] x = new double[columns + 1];
        const int longestNumber = 16;
        byte[] line = new byte[(columns + 1) * longestNumber];
        output.Write(System.Text.Encoding.ASCII.GetBytes(string.Join(',', Enumerable.Range(0, columns).Select(d => $"x{d}")) + ",Label\n"));
        for (long row = 0; row < rows; row++)
        {
            StopRequest.ThrowIfAsked("the table was generated");
            Normal.Samples(random, x, 0, 1);
            int length = 0;
            for (int d = 0; d < columns; d++)
            {
                x[d].TryFormat(line.AsSpan(length), out int written, "F6", CultureInfo.InvariantCulture);
                length += written;
                line[length++] = (byte)',';
            }

            line[length++] = Math.Sin(2 * x[0]) + x[1] * x[2] + Noise * x[columns] > 0 ? (byte)'1' : (byte)'0';
            line[length++] = (byte)'\n';
            output.Write(line, 0, length);
        }
    }
}
