using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// Adam (Kingma and Ba, 2015): m = β1 m + (1-β1) g, v = β2 v + (1-β2) g², θ = θ - α √(1-β2ᵗ) / (1-β1ᵗ) m / (√v + ε): the paper's second,
/// cheaper form, which scikit-learn takes too; it differs from the first in where ε stands. With the decay decoupled it is AdamW
/// (Loshchilov and Hutter, 2019): weights shrink by α λ of themselves, and the gradient is that of the loss alone.
/// </summary>
/// <remarks>
/// With rows that skip steps, a step with a gradient changes m and v, and θ waits until the row is needed again. Then it changes by -m f,
/// for that step s and the steps without a gradient since: k steps after it m has become β1ᵏ m and v β2ᵏ v, so f is the sum over the steps
/// t = s + k of c / (σ √v + ε), c = αₜ √(1-β2ᵗ) / (1-β1ᵗ) β1ᵏ, σ = √β2ᵏ. Only √v differs from parameter to parameter. As a function
/// of ε / √v, f is close to a quotient of a line and a parabola that has the same value, slope and curvature at 0 and the same limit at
/// infinity; these follow from the sums of c / σ, c / σ², c / σ³ and c, which are the same for all parameters. The quotient is as good as
/// σ hardly varies while β1ᵏ falls: to 3e-10 for the defaults, to 1e-5 where 1 - β2 is an eighth of 1 - β1, and most often far better. Where
/// it is more than that, rows do not skip steps.
/// </remarks>
internal sealed class Adam(
    float learningRate = 0.001f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, bool decoupled = false)
    : UpdateRule(learningRate)
{
    // Rows of W1ᵀ lie anywhere in memory, and the processor sees no further ahead than a few of them.
    private const int RowsAhead = 10;

    private AlignedFloats _m = new(0);
    private AlignedFloats _v = new(0);
    private double[] _powers2 = [];
    private Skipped[] _since = []; // by step, as SkippedSteps has it
    private double _step; // α √(1-β2ᵗ) / (1-β1ᵗ)

    protected override SkippedSteps Start(int parameterCount)
    {
        _m = new AlignedFloats(parameterCount);
        _v = new AlignedFloats(parameterCount);
        _powers2 = [.. Enumerable.Range(0, SkippedSteps.Most + 1).Select(k => Math.Pow(beta2, k))];
        _since = new Skipped[SkippedSteps.Most + 1];
        return new SkippedSteps(fromItself: true, beta1, beta1 / Math.Sqrt(beta2), (double)beta1 / beta2, beta1 / Math.Pow(beta2, 1.5));
    }

    public override IReadOnlyList<AlignedFloats> State => [_m, _v];

    public override bool IsSkipping
    {
        set
        {
            base.IsSkipping = value;
            KeepSince();
        }
    }

    public override bool CanSkip(float l2) => (decoupled || l2 == 0) && 1 - beta2 <= (1 - beta1) / 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void BeginStep(float l2)
    {
        int t = Steps.Last + 1;
        _step = LearningRate * Math.Sqrt(1 - Math.Pow(beta2, t)) / (1 - Math.Pow(beta1, t));
        Steps.Add(Apart(l2).Keep, _step, _step, _step, _step);
        KeepSince();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void KeepSince()
    {
        if (!Steps.IsKeeping)
            return;
        for (int since = Steps.First; since <= Steps.Last; since++)
            _since[since & SkippedSteps.Most] = Since(since);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override int Update<L, V>(
        Span<float> parameters, ReadOnlySpan<float> gradient, int offset, int from, float scale, float l2)
    {
        (l2, float keep) = Apart(l2);
        ref float theta = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradient[..parameters.Length]);
        ref float m = ref MemoryMarshal.GetReference(_m.AsSpan(offset, parameters.Length));
        ref float v = ref MemoryMarshal.GetReference(_v.AsSpan(offset, parameters.Length));
        float b1 = beta1, b2 = beta2, step = (float)_step, smallest = epsilon;
        int i = from;
        for (; i + L.Count <= parameters.Length; i += L.Count)
            At<L, V>(ref Unsafe.Add(ref theta, i), ref Unsafe.Add(ref g, i), ref Unsafe.Add(ref m, i), ref Unsafe.Add(ref v, i),
                scale, l2, keep, b1, b2, step, smallest);
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void UpdateRows<L, V>(
        Span<float> panel, ReadOnlySpan<float> gradient, int offset, int width, ReadOnlySpan<int> rows, ReadOnlySpan<int> since, float scale,
        float l2)
    {
        ref float g = ref MemoryMarshal.GetReference(gradient[..(rows.Length * width)]);
        ref float m = ref MemoryMarshal.GetReference(_m.AsSpan(offset, panel.Length));
        ref float v = ref MemoryMarshal.GetReference(_v.AsSpan(offset, panel.Length));
        V factor = L.Create(scale), gain1 = L.Create(1 - beta1), gain2 = L.Create(1 - beta2);
        for (int k = 0; k < rows.Length; k++)
        {
            int row = rows[k];
            AskAhead(rows, k, width, ref m);
            AskAhead(rows, k, width, ref v);
            ref Skipped skipped = ref _since[since[row] & SkippedSteps.Most];
            V decay1 = L.Create(skipped.Decay1), decay2 = L.Create(skipped.Decay2);
            int end = (row + 1) * width;
            for (int i = row * width; i < end; i += L.Count)
            {
                V slope = L.Multiply(factor, L.Load(ref g));
                ref float first = ref Unsafe.Add(ref m, i), second = ref Unsafe.Add(ref v, i);
                L.Store(L.MultiplyAdd(gain1, slope, L.Multiply(decay1, L.Load(ref first))), ref first);
                L.Store(L.MultiplyAdd(L.Multiply(gain2, slope), slope, L.Multiply(decay2, L.Load(ref second))), ref second);
                g = ref Unsafe.Add(ref g, L.Count);
            }
        }
    }

    // One vector of the formula.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void At<L, V>(
        ref float theta, ref float g, ref float m, ref float v, float scale, float l2, float keep,
        float beta1, float beta2, float step, float epsilon)
        where L : ILanes<V> where V : struct
    {
        V weight = L.Load(ref theta);
        V slope = L.MultiplyAdd(L.Create(scale), L.Load(ref g), L.Multiply(L.Create(l2), weight));
        V first = L.MultiplyAdd(L.Create(1 - beta1), slope, L.Multiply(L.Create(beta1), L.Load(ref m)));
        V second = L.MultiplyAdd(L.Multiply(L.Create(1 - beta2), slope), slope, L.Multiply(L.Create(beta2), L.Load(ref v)));
        L.Store(first, ref m);
        L.Store(second, ref v);
        V size = L.Add(L.Sqrt(second), L.Create(epsilon));
        L.Store(L.MultiplyAdd(L.Create(-step), L.Divide(first, size), L.Multiply(L.Create(keep), weight)), ref theta);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void CatchUpRows<L, V>(Span<float> panel, int offset, int width, ReadOnlySpan<int> rows, ReadOnlySpan<int> since, bool stateToo)
    {
        ref float theta = ref MemoryMarshal.GetReference(panel);
        ref float m = ref MemoryMarshal.GetReference(_m.AsSpan(offset, panel.Length));
        ref float v = ref MemoryMarshal.GetReference(_v.AsSpan(offset, panel.Length));
        for (int k = 0; k < rows.Length; k++)
        {
            int row = rows[k];
            AskAhead(rows, k, width, ref theta);
            AskAhead(rows, k, width, ref m);
            AskAhead(rows, k, width, ref v);
            ref Skipped skipped = ref _since[since[row] & SkippedSteps.Most];
            V keep = L.Create(skipped.Keep), decay1 = L.Create(skipped.Decay1), decay2 = L.Create(skipped.Decay2);
            V line0 = L.Create(skipped.Line0), line1 = L.Create(skipped.Line1);
            V parabola1 = L.Create(skipped.Parabola1), parabola0 = L.Create(skipped.Parabola0);
            int end = (row + 1) * width;
            for (int i = row * width; i < end; i += L.Count)
            {
                ref float at = ref Unsafe.Add(ref theta, i);
                V first = L.Load(ref Unsafe.Add(ref m, i)), second = L.Load(ref Unsafe.Add(ref v, i));
                V root = L.Sqrt(second);
                V line = L.MultiplyAdd(line0, root, line1);
                V parabola = L.Add(L.MultiplyAdd(parabola1, root, parabola0), second);
                V change = L.Divide(L.Multiply(first, line), parabola);
                L.Store(L.Subtract(L.Multiply(keep, L.Load(ref at)), change), ref at);
                if (stateToo)
                {
                    L.Store(L.Multiply(decay1, first), ref Unsafe.Add(ref m, i));
                    L.Store(L.Multiply(decay2, second), ref Unsafe.Add(ref v, i));
                }
            }
        }
    }

    // Asks for a row that comes later.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AskAhead(ReadOnlySpan<int> rows, int place, int width, ref float first)
    {
        if (place + RowsAhead < rows.Length)
            Prefetch.AlignedNumbers(ref Unsafe.Add(ref first, rows[place + RowsAhead] * width), width);
    }

    // The penalty's share in the gradient, and the factor that weights keep.
    private (float L2, float Keep) Apart(float l2) => decoupled ? (0, 1 - LearningRate * l2) : (l2, 1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Skipped Since(int since)
    {
        const float smallest = 1.2e-38f; // where m and v are 0, so that 0 is divided by something
        int k = Steps.Count(since);
        var skipped = new Skipped { Keep = Steps.Keep(since), Decay1 = Steps.Power(0, k), Decay2 = (float)_powers2[k] };
        double limit = Steps.Sum(0, since), s1 = Steps.Sum(1, since), s2 = Steps.Sum(2, since), s3 = Steps.Sum(3, since);
        if (s1 == 0)
            return skipped with { Parabola1 = epsilon, Parabola0 = smallest }; // a learning rate of 0 changes nothing
        // With x = ε / √v: f √v = (s1 + b x) / (1 + c x + d x²) = s1 - s2 x + s3 x² - ..., and b / d = limit. After few steps σ hardly
        // varies: then s1 / (1 + x s2 / s1) is exact, and the formula for d would be 0 / 0.
        double spread = limit * s2 - s1 * s1;
        double d = spread > 1e-9 * s1 * s1 ? Math.Max(0, (s3 * s1 - s2 * s2) / spread) : 0;
        double b = d * limit, c = (s2 + b) / s1;
        return skipped with
        {
            Line0 = (float)s1,
            Line1 = (float)(b * epsilon),
            Parabola1 = (float)(c * epsilon),
            Parabola0 = Math.Max(smallest, (float)(d * epsilon * epsilon)),
        };
    }

    // What the steps since one of the last ones did: factors on θ, m and v, and f = (line0 √v + line1) / (v + parabola1 √v + parabola0).
    private record struct Skipped(
        float Keep, float Decay1, float Decay2, float Line0, float Line1, float Parabola1, float Parabola0);
}
