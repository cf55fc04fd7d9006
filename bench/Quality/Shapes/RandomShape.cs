using System.Globalization;

namespace MlNetShallowNet.Quality.Shapes;

/// <summary>
/// A drawn table of numbers. The function is a sum of one to five terms
/// of few columns each; a column is a monotone function of a normal number, cut to whole numbers or to two values in places.
/// </summary>
internal sealed record RandomShape : DrawnShape
{
    private readonly List<(Func<double[], double> Value, string Text)> _terms = [];
    private readonly Func<double, double>[] _distributions;
    private readonly double _scale, _intercept;

    public RandomShape(int seed)
        : this(seed, new Draws(unchecked(7_919 * seed + 13)))
    {
    }

    private RandomShape(int seed, Draws draws)
        : base($"random-{seed.ToString(CultureInfo.InvariantCulture)}", (int)(300 * Math.Pow(50, draws.Uniform())), 3 + draws.Below(48))
    {
        _distributions = [.. Enumerable.Range(0, Columns).Select(_ => RandomTerms.Distribution(draws))];
        int terms = 1 + draws.Below(5);
        for (int t = 0; t < terms; t++)
            _terms.Add(RandomTerms.Draw(draws, Columns));
        _scale = (0.5 + 2.5 * draws.Uniform()) / Math.Sqrt(terms);
        _intercept = draws.Uniform() < 0.5 ? 0 : -3 * draws.Uniform();
    }

    public override string Function =>
        string.Create(CultureInfo.InvariantCulture, $"{_intercept:F1} + {_scale:F2} ({string.Join(" + ", _terms.Select(t => t.Text))})");

    protected override double Fill(ShapeRow row, Draws draws)
    {
        double[] v = new double[Columns];
        draws.Normals(v);
        for (int d = 0; d < Columns; d++)
            row.Numbers[d] = (float)_distributions[d](v[d]);
        return _intercept + _scale * _terms.Sum(term => term.Value(v));
    }
}
