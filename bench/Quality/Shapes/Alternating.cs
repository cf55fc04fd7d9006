namespace MlNetShallowNet.Quality.Shapes;

/// <summary>The classes take turns along one of eight uniform columns, in sixteen stripes.</summary>
internal sealed record Alternating() : Shape("alternating", 3_000, 8)
{
    private const int Stripes = 16;

    protected override double Fill(ShapeRow row, Draws draws)
    {
        for (int d = 0; d < Columns; d++)
            row.Numbers[d] = (float)draws.Uniform();
        return (int)(Stripes * row.Numbers[0]) % 2 == 0 ? 2 : -2;
    }
}
