using System.Globalization;

namespace MlNetShallowNet.ClusterTests;

/// <summary>A table in two files, and the network that a single process trains on it.</summary>
public sealed class Training : IDisposable
{
    private const int Rows = 3000;

    private static readonly string[] _options =
        ["--data", "part-*.csv", "--test-fraction", "0", "--hidden", "48", "--epochs", "40", "--set", "Members=4", "--set", "Patience=40", "--network"];

    private readonly Lazy<byte[]> _expected;

    public Training()
    {
        string[] lines = [.. Enumerable.Range(0, Rows).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"{Math.Sin(1.7 * i):R},{Math.Cos(2.3 * i):R},{(i % 13 == 0 ? "" : i % 5 < 2 ? "red" : "green")},{(Math.Sin(1.7 * i) * Math.Cos(2.3 * i) > 0 ^ i % 17 == 0 ? "yes" : "no")}"))];
        File.WriteAllLines(Path.Combine(Folder, "part-1.csv"), ["x,y,w,label", .. lines[..1000]]);
        File.WriteAllLines(Path.Combine(Folder, "part-2.csv"), ["x,y,w,label", .. lines[1000..]]);
        _expected = new Lazy<byte[]>(() =>
        {
            using Machine alone = new(Folder, null, ["train", .. _options, "alone.json"]);
            alone.EndsWith(0);
            return Network("alone.json");
        });
    }

    /// <summary>Where the table is.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("cluster-tests-").FullName;

    /// <summary>The network that one process trains.</summary>
    public byte[] Expected => _expected.Value;

    /// <summary>A network that was written.</summary>
    public byte[] Network(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    /// <summary>Starts a driver.</summary>
    public Machine Drive(string address, string network, params string[] more) =>
        new(Folder, null, ["train", .. _options, network, "--cluster", address, .. more]);

    /// <summary>Starts a worker.</summary>
    public Machine Work(string address, string? folder = null, (string, string)? variable = null, params string[] more) =>
        new(Folder, variable, ["worker", "--join", address, "--folder", folder ?? Folder, .. more]);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
