namespace MlNetShallowNet.Quality.Shapes;

/// <summary>About one positive in a thousand rows.</summary>
internal sealed record RareEvents() : Shape("rare", 200_000, 10)
{
    protected override double Fill(ShapeRow row, Draws draws)
    {
        double[] v = new double[Columns];
        draws.Normals(v);
        row.Numbers = Array.ConvertAll(v, x => (float)x);
        return -8.5 + 1.2 * v[0] + v[1] * v[2] + (v[3] > 1 ? 1.5 * v[4] : 0) + 0.8 * Math.Sin(2 * v[5]);
    }
}
