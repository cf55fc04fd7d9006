namespace MlNetShallowNet.Quality.Shapes;

/// <summary>Whole numbers with long tails, whose logarithms and order matter.</summary>
internal sealed record Counts() : Shape("counts", 60_000, 10)
{
    protected override double Fill(ShapeRow row, Draws draws)
    {
        double[] n = new double[Columns];
        draws.Normals(n);
        for (int k = 0; k < Columns; k++)
            n[k] = Math.Floor(Math.Exp(1.5 * n[k] + k % 3));
        row.Numbers = Array.ConvertAll(n, x => (float)x);
        return -1 + 0.6 * double.LogP1(n[0]) - 0.5 * double.LogP1(n[1]) + (n[2] > n[3] ? 0.4 : -0.4) + (n[4] == 0 ? 0.5 : 0)
            + 0.3 * (double.LogP1(n[5]) - double.LogP1(n[6]));
    }
}
