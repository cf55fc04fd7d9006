namespace MlNetShallowNet.Bench.Training;

/// <summary>What is trained: the same for us and for the peers (<c>peers/data.py</c>), with the ratios that we want to reach.</summary>
internal sealed record Configuration(
    string Name, string Shown, int Rows, int Features, int HiddenUnits, int Batch, int Epochs, string[] Activations, double OneThread,
    double TwoThreads)
{
    public static readonly Configuration[] All =
    [
        new("course", "course: 400 x 2, H 4, full batch, gradient descent", 400, 2, 4, 400, 10_000, ["tanh"], 25, 25),
        new("wdbc", "569 x 30, H 16, batch 32, Adam", 569, 30, 16, 32, 200, ["tanh", "relu"], 20, 20),
        new("rows100k", "100,000 x 28, H 64, batch 256, Adam", 100_000, 28, 64, 256, 8, ["tanh", "relu"], 5, 8),
        new("rows1m", "1,000,000 x 28, H 32, batch 1024, Adam", 1_000_000, 28, 32, 1024, 4, ["tanh", "relu"], 4, 6),
        new("wide100k", "100,000 x 100, H 128, batch 1024, Adam", 100_000, 100, 128, 1024, 8, ["tanh", "relu"], 1.7, 2.7),
        new("pixels", "20,000 x 784, H 512, batch 256, Adam", 20_000, 784, 512, 256, 4, ["tanh", "relu"], 1.4, 1.5),
        new("sparse", "sparse 50,000 x 20,000, 22 non-zeros a row, H 32, batch 256, Adam", 50_000, 20_000, 32, 256, 3, ["tanh"], 12, 15),
    ];

    public bool IsSparse => Name == "sparse";

    public bool IsFullBatch => Batch >= Rows;

    /// <summary>Runs of the peers: library and threads.</summary>
    public IEnumerable<(string Peer, string Threads)> Peers
    {
        get
        {
            string[] libraries = IsSparse ? ["sklearn", "torchbag", "torchbag-sparse"] : ["sklearn", "torch"];
            foreach (string library in libraries)
            {
                yield return (library, "1");
                yield return (library, "2");
            }
            if (!IsSparse && Rows > 1000)
            {
                yield return ("torch", "2,1");
                yield return ("torch", "1,2");
            }
        }
    }
}
