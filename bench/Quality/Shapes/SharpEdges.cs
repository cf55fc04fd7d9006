namespace MlNetShallowNet.Quality.Shapes;

/// <summary>
/// The data of the samples in ML.NET's documentation of its tree trainers: 50 uniform columns, those of negative rows shifted by 0.03. Only values
/// in the 0.03 at either end tell anything, and those tell all.
/// </summary>
internal sealed record SharpEdges() : Shape("edges", 1_000, 50)
{
    private const double Shift = 0.03;
    private const double Certain = 1_000;

    protected override double Fill(ShapeRow row, Draws draws)
    {
        bool positive = draws.Uniform() >= 0.5;
        for (int d = 0; d < Columns; d++)
            row.Numbers[d] = (float)(draws.Uniform() + (positive ? 0 : Shift));
        return row.Numbers.Any(x => x < Shift) ? Certain
            : row.Numbers.Any(x => x >= 1) ? -Certain
            : 0;
    }
}
