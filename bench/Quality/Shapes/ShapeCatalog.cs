using System.Globalization;

namespace MlNetShallowNet.Quality.Shapes;

/// <summary>The shapes by their names.</summary>
internal static class ShapeCatalog
{
    private const string RandomPrefix = "random-", MixedPrefix = "mixed-";

    public static IReadOnlyList<Shape> All { get; } =
    [
        new Growing(), new RareEvents(), new Counts(), new MissingNumbers(), new ManyWords(), new Wide("wide", 2_000, 5_000),
        new Wide("broad", 20_000, 500), new Genes(), new SharpEdges(), new Planes(), new Alternating(), new Shops(),
    ];

    /// <summary>Reads NAME or NAME:ROWS; the shapes that <c>search</c> draws are random-1, random-2, ... and mixed-1, mixed-2, ...</summary>
    /// <exception cref="BenchError">There is no such shape, or the rows are no number.</exception>
    public static (Shape Shape, int Rows) Parse(string text)
    {
        string[] parts = text.Split(':', 2);
        Shape shape = All.FirstOrDefault(s => s.Name == parts[0])
            ?? (Seed(RandomPrefix) is int ofNumbers ? new RandomShape(ofNumbers)
                : Seed(MixedPrefix) is int mixed ? new MixedShape(mixed)
                : throw new BenchError(
                    $"There is no shape '{parts[0]}'; there are {string.Join(", ", All.Select(s => s.Name))}, {RandomPrefix}N and {MixedPrefix}N."));
        if (parts.Length == 1)
            return (shape, shape.Rows);
        return int.TryParse(parts[1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out int rows) && rows >= 10
            ? (shape, rows)
            : throw new BenchError($"'{parts[1]}' is no number of rows (at least 10) for {shape.Name}.");

        int? Seed(string prefix) => parts[0].StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(parts[0].AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int seed) ? seed : null;
    }
}
