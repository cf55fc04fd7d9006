using Microsoft.ML;

namespace MlNetShallowNet.Quality.Shapes;

/// <summary>Three in ten numbers are missing. The best possible score is that of one who knows them.</summary>
internal sealed record MissingNumbers() : Shape("missing", 60_000, 10)
{
    private const double MissingShare = 0.3;

    protected override double Fill(ShapeRow row, Draws draws)
    {
        double[] v = new double[Columns];
        draws.Normals(v);
        row.Numbers = Array.ConvertAll(v, x => draws.Uniform() < MissingShare ? float.NaN : (float)x);
        return 1.5 * (v[0] + 0.7 * v[1]) * Math.Exp(-0.5 * v[2] * v[2]) + 0.5 * v[3];
    }

    public override IEstimator<ITransformer> Preparation(MLContext ml) =>
        FilledUp(ml).Append(ml.Transforms.Concatenate("Features", nameof(ShapeRow.Numbers), "Missing"));
}
