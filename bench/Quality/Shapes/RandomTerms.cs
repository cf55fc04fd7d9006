using System.Globalization;

namespace MlNetShallowNet.Quality.Shapes;

/// <summary>The parts that a <see cref="RandomShape"/> is made of.</summary>
internal static class RandomTerms
{
    /// <summary>What a normal number becomes in a column.</summary>
    public static Func<double, double> Distribution(Draws draws)
    {
        double width = Math.Pow(10, 3 * draws.Uniform() - 1);
        return draws.Below(7) switch
        {
            0 => v => Math.Exp(v) * width,
            1 => v => v * v * v * width,
            2 => v => Math.Floor(Math.Exp(1.5 * v + 1)),
            3 => v => Math.Round(2 * v),
            4 => v => v > 0 ? 1 : 0,
            _ => v => v * width,
        };
    }

    /// <summary>A term of mean about 0 and of a size of about 1, and what it is in words.</summary>
    public static (Func<double[], double> Value, string Text) Draw(Draws draws, int columns)
    {
        int a = draws.Below(columns), b = (a + 1 + draws.Below(columns - 1)) % columns;
        int c = Enumerable.Range(0, columns).First(k => k != a && k != b);
        double shift = 2 * draws.Uniform() - 1;
        int stripes = 2 + draws.Below(10);
        return draws.Below(10) switch
        {
            0 => (v => v[a] + shift * v[b], Text($"x{a} + {shift:F1} x{b}")),
            1 => (v => v[a] * v[b], Text($"x{a} x{b}")),
            2 => (v => v[a] > shift ? 1 : -1, Text($"[x{a} > {shift:F1}]")),
            3 => (v => 1.4 * Math.Sin(stripes / 2.0 * v[a]), Text($"sin({stripes / 2.0:F1} x{a})")),
            4 => (v => (int)Math.Floor(stripes * Rank(v[a])) % 2 == 0 ? 1 : -1, Text($"{stripes} stripes along x{a}")),
            5 => (v => v[a] + shift * v[b] > 0.3 ? 1 : -1, Text($"[x{a} + {shift:F1} x{b} > 0.3]")),
            6 => (v => v[a] * v[a] + v[b] * v[b] < 1.4 ? 1 : -1, Text($"[x{a}, x{b} in a disc]")),
            7 => (v => v[a] > shift ? v[b] : 0, Text($"x{b} where x{a} > {shift:F1}")),
            8 => (v => v[a] > 0 ^ v[b] > 0 ? 1 : -1, Text($"x{a} xor x{b}")),
            _ => (v => v[a] * v[b] * v[c], Text($"x{a} x{b} x{c}")),
        };
    }

    // About the normal distribution's share below: uniform in [0, 1].
    private static double Rank(double v) => 1 / (1 + Math.Exp(-1.702 * v));

    /// <summary>Words with numbers as they are written everywhere.</summary>
    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
