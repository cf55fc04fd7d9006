namespace MlNetShallowNet.Quality.Shapes;

/// <summary>Each of four pairs of columns is cut by a slanted line, and the side counts: easy for a unit of a network, a staircase for a tree.</summary>
internal sealed record Planes() : Shape("planes", 3_000, 12)
{
    private const int Pairs = 4;

    protected override double Fill(ShapeRow row, Draws draws)
    {
        double[] v = new double[Columns];
        draws.Normals(v);
        row.Numbers = Array.ConvertAll(v, x => (float)x);
        double logOdds = 0;
        for (int pair = 0; pair < Pairs; pair++)
        {
            double slant = 0.5 + 0.4 * pair;
            logOdds += v[2 * pair] + slant * v[2 * pair + 1] > 0.3 ? 1.5 : -1.5;
        }

        return logOdds;
    }
}
