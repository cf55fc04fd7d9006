using Microsoft.ML;

namespace MlNetShallowNet.Quality.Shapes;

/// <summary>Ten numbers beside a word of 5,000 kinds, each with an effect of its own, and one of 40 kinds that turns a number's effect.</summary>
internal sealed record ManyWords() : Shape("words", 60_000, 10)
{
    private const int Places = 5_000;
    private const int Kinds = 40;
    private const int HashBits = 16;

    private static readonly double[] _effects = new double[Places];
    private static readonly double[] _slopes = new double[Kinds];

    // The same in every table, of whatever seed.
    static ManyWords()
    {
        var draws = new Draws(5);
        draws.Normals(_effects);
        for (int k = 0; k < Kinds; k++)
            _slopes[k] = 2 * draws.Uniform() - 1;
    }

    protected override double Fill(ShapeRow row, Draws draws)
    {
        double[] v = new double[Columns];
        draws.Normals(v);
        row.Numbers = Array.ConvertAll(v, x => (float)x);
        int place = (int)(Places * Math.Pow(draws.Uniform(), 3)), kind = draws.Below(Kinds);
        row.Place = $"place{place}";
        row.Kind = $"kind{kind}";
        return 1.2 * _effects[place] + _slopes[kind] * v[0] + 0.7 * v[1] * v[2] - 0.3;
    }

    public override IEstimator<ITransformer> Preparation(MLContext ml) =>
        ml.Transforms.Categorical.OneHotHashEncoding(nameof(ShapeRow.Place), numberOfBits: HashBits)
            .Append(ml.Transforms.Categorical.OneHotEncoding(nameof(ShapeRow.Kind)))
            .Append(ml.Transforms.Concatenate("Features", nameof(ShapeRow.Numbers), nameof(ShapeRow.Place), nameof(ShapeRow.Kind)));
}
