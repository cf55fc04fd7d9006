namespace MlNetShallowNet.Quality.Shapes;

/// <summary>One of eight columns is a shop's number, of 400; each shop has a share of yes of its own, which its number says nothing about.</summary>
internal sealed record Shops() : Shape("shops", 30_000, 8)
{
    private const int Count = 400;

    private static readonly double[] _effects = [.. Effects()];

    protected override double Fill(ShapeRow row, Draws draws)
    {
        for (int d = 1; d < Columns; d++)
            row.Numbers[d] = (float)draws.Normal();
        int shop = (int)(Count * draws.Uniform());
        row.Numbers[0] = shop;
        return _effects[shop] + 0.5 * row.Numbers[1];
    }

    private static IEnumerable<double> Effects()
    {
        var draws = new Draws(1);
        for (int shop = 0; shop < Count; shop++)
            yield return 2 * draws.Normal();
    }
}
