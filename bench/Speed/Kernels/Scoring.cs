using BenchmarkDotNet.Attributes;
using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Bench.Kernels;

/// <summary>Scores of 30 features by 16 hidden units: one row, a sparse row, and 10,000 rows.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class Scoring
{
    private const int Rows = 10_000;

    private PlainScorer _scorer = null!;
    private float[] _rows = [], _scores = [];
    private int[] _indices = [];

    [Params("tanh", "relu")]
    public string Function { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        _scorer = new PlainScorer(NetworkInitializer.Draw(30, 16, Activation.ByName(Function), WeightInitialization.Auto, 1));
        (_rows, _scores, _indices) = (Numbers(Rows * 30), new float[Rows], [1, 4, 9, 16, 25]);
    }

    [Benchmark]
    public float OneRow() => _scorer.Score(_rows.AsSpan(0, 30));

    [Benchmark]
    public float OneSparseRow() => _scorer.Score(_indices, _rows.AsSpan(0, 5));

    [Benchmark(OperationsPerInvoke = Rows)]
    public void Batch() => _scorer.Score(_rows, _scores);
}
