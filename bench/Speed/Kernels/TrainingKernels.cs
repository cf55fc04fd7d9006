using BenchmarkDotNet.Attributes;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.Bench.Kernels;

/// <summary>
/// One training step, and its parts, on batches that stay in the cache. The memory column shows that a step allocates nothing.
/// </summary>
[MemoryDiagnoser]
[ShortRunJob]
public class TrainingKernels
{
    private TrainingEngine _engine = null!;
    private HiddenLayer _hidden = null!;
    private DenseRows _rows = null!;
    private AlignedFloats _a1 = null!;
    private readonly Adam _adam = new();
    private float[] _z2 = [], _sums = [];

    [Params("400x2x4", "32x30x16", "256x28x64", "1024x100x128", "256x784x512")]
    public string Shape { get; set; } = "";

    [Params("tanh", "relu")]
    public string Function { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        int[] shape = [.. Shape.Split('x').Select(int.Parse)];
        var random = new Random(1);
        float[] x = [.. Enumerable.Range(0, shape[0] * shape[1]).Select(_ => random.NextSingle() - 0.5f)];
        _rows = new DenseRows(shape[1], x, new float[shape[0]]);
        IActivation activation = Activation.ByName(Function);
        _engine = new TrainingEngine(shape[1], shape[2], activation, shape[0], 1);
        ParameterLayout layout = _engine.Layout;
        _hidden = HiddenLayer.Create(layout, new AlignedFloats(layout.Count), activation, Hardware.WidestLanes);
        _a1 = new AlignedFloats(shape[0] * layout.PaddedUnits);
        (_z2, _sums) = (new float[shape[0]], new float[2 * layout.PaddedUnits]);
    }

    [GlobalCleanup]
    public void Cleanup() => _engine.Dispose();

    [Benchmark]
    public double Step() => _engine.Step(_rows, RowSelection.All(_rows), _adam).WeightedLoss;

    [Benchmark]
    public double Evaluate() => _engine.Loss(_rows, RowSelection.All(_rows)).WeightedLoss;

    [Benchmark]
    public void Z1() => _hidden.Multiply(ref _rows.Values[0], _rows.FeatureCount, _rows.Count, All);

    [Benchmark]
    public void A1() => _hidden.Activate(_rows.Count, All, default);

    [Benchmark]
    public void DZ1()
    {
        int units = _sums.Length / 2;
        _hidden.Backward(_rows.Count, All, default, _z2, _sums.AsSpan(0, units), _sums.AsSpan(units));
    }

    private PanelRows All => new(_a1, _rows.Count, 0);
}
