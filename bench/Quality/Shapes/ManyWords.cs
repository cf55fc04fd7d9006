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

    // The same in every table, of whatever seed: the few most frequent words decide how well one can do, so they are drawn by a generator
    // that is easy to have elsewhere too (SplitMix64; Steele, Lea and Flood, 2014).
    static ManyWords()
    {
        const ulong golden = 0x9E3779B97F4A7C15;
        ulong state = unchecked(5 * golden + 0x1234567);
        for (int place = 0; place < Places; place++)
            _effects[place] = Math.Sqrt(-2 * Math.Log(1 - Next())) * Math.Cos(2 * Math.PI * Next());
        for (int kind = 0; kind < Kinds; kind++)
            _slopes[kind] = 2 * Next() - 1;

        double Next()
        {
            unchecked
            {
                ulong z = state += golden;
                z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
                z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
                return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
            }
        }
    }

    protected override double Fill(ShapeRow row, Draws draws)
    {
        double[] v = new double[Columns];
        draws.Normals(v);
        row.Numbers = Array.ConvertAll(v, x => (float)x);
        int place = (int)(Places * Math.Pow(draws.Uniform(), 3)), kind = draws.Below(Kinds);
        row.Place = $"c{place}";
        row.Kind = $"d{kind}";
        return 1.2 * _effects[place] + _slopes[kind] * v[0] + 0.7 * v[1] * v[2] - 0.3;
    }

    public override IEstimator<ITransformer> Preparation(MLContext ml) =>
        ml.Transforms.Categorical.OneHotHashEncoding(nameof(ShapeRow.Place), numberOfBits: HashBits)
            .Append(ml.Transforms.Categorical.OneHotEncoding(nameof(ShapeRow.Kind)))
            .Append(ml.Transforms.Concatenate("Features", nameof(ShapeRow.Numbers), nameof(ShapeRow.Place), nameof(ShapeRow.Kind)));
}
