namespace MlNetShallowNet.Quality.Shapes;

/// <summary>Far more columns than rows, as where the activity of genes is measured: ten columns follow what makes a row positive, with noise of their own.</summary>
internal sealed record Genes() : Shape("genes", 100, 12_000)
{
    private const int Following = 10;
    private const double Certainty = 3;

    public override int TestRows => 2_000;

    protected override double Fill(ShapeRow row, Draws draws)
    {
        double cause = draws.Normal();
        for (int d = 0; d < Columns; d++)
            row.Numbers[d] = (float)(draws.Normal() + (d < Following ? cause : 0));
        return Certainty * cause;
    }
}
