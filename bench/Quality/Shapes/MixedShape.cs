using System.Globalization;
using Microsoft.ML;

namespace MlNetShallowNet.Quality.Shapes;

/// <summary>
/// A drawn table of numbers, some of which are missing in places, beside a word of few kinds and one of many. The function is a sum of one to three terms of
/// numbers, as those of a <see cref="RandomShape"/>, and one to three of words and of what is missing.
/// </summary>
internal sealed record MixedShape : DrawnShape
{
    private const int MostPlaces = 3_000;

    private readonly List<(Func<double[], double> Value, string Text)> _terms = [];
    private readonly List<(Func<Cells, double> Value, string Text)> _wordTerms = [];
    private readonly Func<double, double>[] _distributions;
    private readonly double[] _missing;
    private readonly int _places, _kinds;
    private readonly double _skew, _scale, _intercept;
    private readonly bool _hashes;

    public MixedShape(int seed)
        : this(seed, new Draws(unchecked(104_729 * seed + 17)))
    {
    }

    private MixedShape(int seed, Draws draws)
        : base($"mixed-{seed.ToString(CultureInfo.InvariantCulture)}", (int)(600 * Math.Pow(100, draws.Uniform())), 3 + draws.Below(20))
    {
        _distributions = [.. Enumerable.Range(0, Columns).Select(_ => RandomTerms.Distribution(draws))];
        _missing = [.. Enumerable.Range(0, Columns).Select(_ => draws.Uniform() < 0.2 ? 0.5 * draws.Uniform() : 0)];
        _kinds = 2 + draws.Below(30);
        _places = (int)(20 * Math.Pow(MostPlaces / 20.0, draws.Uniform()));
        _skew = 1 + 2 * draws.Uniform();
        _hashes = draws.Uniform() < 0.3;
        int ofNumbers = 1 + draws.Below(3), ofWords = 1 + draws.Below(3);
        for (int t = 0; t < ofNumbers; t++)
            _terms.Add(RandomTerms.Draw(draws, Columns));
        for (int t = 0; t < ofWords; t++)
            _wordTerms.Add(OfWords(draws));
        _scale = (0.5 + 2 * draws.Uniform()) / Math.Sqrt(ofNumbers + ofWords);
        _intercept = draws.Uniform() < 0.5 ? 0 : -3 * draws.Uniform();
    }

    public override string Function => string.Create(
        CultureInfo.InvariantCulture,
        $"{_intercept:F1} + {_scale:F2} ({string.Join(" + ", _terms.Select(t => t.Text).Concat(_wordTerms.Select(t => t.Text)))}); {_kinds} kinds, {_places} places");

    public override IEstimator<ITransformer> Preparation(MLContext ml)
    {
        IEstimator<ITransformer> place = _hashes
            ? ml.Transforms.Categorical.OneHotHashEncoding(nameof(ShapeRow.Place), numberOfBits: 14)
            : ml.Transforms.Categorical.OneHotEncoding(nameof(ShapeRow.Place));
        IEstimator<ITransformer> words = place.Append(ml.Transforms.Categorical.OneHotEncoding(nameof(ShapeRow.Kind)));
        return _missing.All(share => share == 0)
            ? words.Append(ml.Transforms.Concatenate("Features", nameof(ShapeRow.Numbers), nameof(ShapeRow.Place), nameof(ShapeRow.Kind)))
            : words.Append(FilledUp(ml))
                .Append(ml.Transforms.Concatenate("Features", nameof(ShapeRow.Numbers), "Missing", nameof(ShapeRow.Place), nameof(ShapeRow.Kind)));
    }

    protected override double Fill(ShapeRow row, Draws draws)
    {
        double[] v = new double[Columns];
        draws.Normals(v);
        var cells = new Cells(
            v, [.. _missing.Select(share => share > 0 && draws.Uniform() < share)], draws.Below(_kinds), (int)(_places * Math.Pow(draws.Uniform(), _skew)));
        for (int d = 0; d < Columns; d++)
            row.Numbers[d] = cells.IsMissing[d] ? float.NaN : (float)_distributions[d](v[d]);
        row.Kind = $"k{cells.Kind}";
        row.Place = $"p{cells.Place}";
        return _intercept + _scale * (_terms.Sum(term => term.Value(v)) + _wordTerms.Sum(term => term.Value(cells)));
    }

    private (Func<Cells, double> Value, string Text) OfWords(Draws draws)
    {
        int a = draws.Below(Columns);
        double[] ofKinds = new double[_kinds], ofPlaces = new double[_places], ofPairs = new double[_kinds * 8];
        draws.Normals(ofKinds);
        draws.Normals(ofPlaces);
        draws.Normals(ofPairs);
        int missing = Array.FindIndex(_missing, share => share > 0);
        return draws.Below(missing < 0 ? 5 : 6) switch
        {
            0 => (c => ofPlaces[c.Place], "place"),
            1 => (c => ofKinds[c.Kind], "kind"),
            2 => (c => ofKinds[c.Kind] * c.Numbers[a], RandomTerms.Text($"kind x{a}")),
            3 => (c => ofPlaces[c.Place] > 0 ^ c.Numbers[a] > 0 ? 1 : -1, RandomTerms.Text($"place xor x{a}")),
            4 => (c => ofPairs[c.Kind * 8 + c.Place % 8], "kind and an eighth of the places"),
            _ => (c => c.IsMissing[missing] ? 1.5 : -0.3, RandomTerms.Text($"x{missing} missing")),
        };
    }

    private readonly record struct Cells(double[] Numbers, bool[] IsMissing, int Kind, int Place);
}
