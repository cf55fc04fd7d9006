namespace MlNetShallowNet.Quality.Shapes;

/// <summary>The table that grows: 28 columns, of which 16 matter, in waves, products, steps and lines; some are skewed, some heavy-tailed.</summary>
internal sealed record Growing() : Shape("growing", 30_000, 28)
{
    protected override double Fill(ShapeRow row, Draws draws)
    {
        double[] v = new double[Columns];
        draws.Normals(v);
        for (int d = 0; d < Columns; d++)
        {
            row.Numbers[d] = (float)((d % 4) switch
            {
                1 => Math.Exp(v[d]),
                2 => 100 * v[d] * v[d] * v[d],
                _ => v[d] + d,
            });
        }

        double waves = Math.Sin(2 * v[0]) + 0.4 * Math.Cos(3 * v[11]);
        double products = 0.8 * v[1] * v[2] + 0.3 * v[12] * v[13] * v[14] + 0.8 * Math.Tanh(v[8] * v[9] + v[10]);
        double steps = 0.7 * Math.Abs(v[3]) - 0.6 + (v[4] > 0.5 ? 0.9 * v[5] : 0);
        double lines = 0.5 * v[6] - 0.5 * v[7] + 0.3 * v[15];
        return 1.2 * (waves + products + steps + lines);
    }
}
