namespace MlNetShallowNet.Quality.Shapes;

/// <summary>Many independent columns, of which ten matter along a line and two as a product.</summary>
internal sealed record Wide(string Name, int Rows, int Columns) : Shape(Name, Rows, Columns)
{
    public override int TestRows => 10_000;

    protected override double Fill(ShapeRow row, Draws draws)
    {
        for (int d = 0; d < Columns; d++)
            row.Numbers[d] = (float)draws.Normal();
        double logOdds = (double)row.Numbers[10] * row.Numbers[11];
        for (int d = 0; d < 10; d++)
            logOdds += row.Numbers[d] * (d % 2 == 0 ? 1 : -0.7);
        return logOdds;
    }
}
