namespace MlNetShallowNet.Samples.Commands.Help;

/// <summary>Finds what a misspelt name was meant to be.</summary>
internal static class Misspelling
{
    private const int ShortName = 5, LeastBeginning = 3;

    /// <summary>The name that is fewest slips away, of those that are near enough or begin with what was given; null if there is none.</summary>
    public static string? Closest(string given, IEnumerable<string> names) => names
        .Select(name => (Name: name, Slips: Slips(given.ToLowerInvariant(), name.ToLowerInvariant())))
        .Where(found => found.Slips <= Forgiven(given.Trim('-').Length) || IsBeginning(given, found.Name))
        .OrderBy(found => found.Slips).Select(found => found.Name).FirstOrDefault();

    // Of one letter nothing is left once it is replaced.
    private static int Forgiven(int letters) => letters <= 1 ? 0 : letters < ShortName ? 1 : 2;

    /// <summary>How many letters must be put in, left out, replaced, or swapped with the next one.</summary>
    public static int Slips(string a, string b)
    {
        int[,] slips = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    slips[i, j] = i + j;
                    continue;
                }
                int replaced = slips[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                slips[i, j] = Math.Min(replaced, Math.Min(slips[i - 1, j], slips[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    slips[i, j] = Math.Min(slips[i, j], slips[i - 2, j - 2] + 1);
            }
        }
        return slips[a.Length, b.Length];
    }

    private static bool IsBeginning(string given, string name) =>
        given.Trim('-').Length >= LeastBeginning && name.StartsWith(given, StringComparison.OrdinalIgnoreCase);
}
