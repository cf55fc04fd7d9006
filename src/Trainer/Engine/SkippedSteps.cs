namespace MlNetShallowNet.Engine;

/// <summary>
/// What the steps since any recent one add up to for a parameter whose gradient was zero in all of them: a factor on the parameter, and
/// sums that a rule chooses. Kept for each of the last <see cref="Most"/> steps; the engine sees to it that no row waits longer.
/// </summary>
internal sealed class SkippedSteps
{
    /// <summary>The most steps that a row may be behind; also a mask, one less than a power of two.</summary>
    public const int Most = Room - 1;

    private const int Room = 256;

    private readonly double[] _keep = new double[Room];
    private readonly double[][] _sums;
    private readonly double[][] _powers;
    private readonly bool _fromItself;
    private int _first;

    /// <param name="fromItself">Whether what is kept for a step begins with that step itself, instead of the next.</param>
    /// <param name="ratios">For each sum the factor by which what a step adds to it falls with each step since.</param>
    public SkippedSteps(bool fromItself, params ReadOnlySpan<double> ratios)
    {
        _fromItself = fromItself;
        _sums = new double[ratios.Length][];
        _powers = new double[ratios.Length][];
        for (int i = 0; i < ratios.Length; i++)
        {
            _sums[i] = new double[Room];
            _powers[i] = new double[Room];
            for (int k = 0; k < Room; k++)
                _powers[i][k] = Math.Pow(ratios[i], k);
        }
    }

    /// <summary>How many steps there have been; the last one's number.</summary>
    public int Last { get; private set; }

    /// <summary>Whether steps are kept. Starting to, with everything up to date, forgets earlier ones.</summary>
    public bool IsKeeping
    {
        get;
        set
        {
            field = value;
            Begin();
        }
    }

    /// <summary>
    /// Adds a step: the parameter is multiplied by <paramref name="keep"/>, and then each sum grows by its term times its power.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(double keep, params ReadOnlySpan<double> terms)
    {
        Last++;
        if (!IsKeeping)
            return;
        int steps = Math.Min(Last - _first, Most);
        for (int k = steps; k >= 1; k--)
            _keep[(Last - k) & (Room - 1)] *= keep;
        for (int i = 0; i < terms.Length; i++)
        {
            double[] sums = _sums[i], powers = _powers[i];
            double term = terms[i];
            for (int k = steps; k >= 1; k--)
            {
                ref double sum = ref sums[(Last - k) & (Room - 1)];
                sum = sum * keep + term * powers[k];
            }
            sums[Last % Room] = _fromItself ? term : 0;
        }
        _keep[Last % Room] = _fromItself ? keep : 1;
    }

    /// <summary>Goes on as after so many steps, with everything up to date.</summary>
    public void GoOnAfter(int steps)
    {
        Last = steps;
        Begin();
    }

    private void Begin()
    {
        _first = Last;
        _keep[Last % Room] = 1;
        foreach (double[] sums in _sums)
            sums[Last % Room] = 0;
    }

    /// <summary>The earliest step that questions may be about.</summary>
    public int First => Math.Max(_first, Last - Most);

    /// <summary>How many steps there have been since this one.</summary>
    public int Count(int since) => Last - since;

    /// <summary>The factor on the parameter over the steps since this one.</summary>
    public float Keep(int since) => (float)_keep[since % Room];

    /// <summary>One of the sums over the steps since this one.</summary>
    public double Sum(int which, int since) => _sums[which][since % Room];

    /// <summary>A sum's ratio to the power of k.</summary>
    public float Power(int which, int k) => (float)_powers[which][k];
}
