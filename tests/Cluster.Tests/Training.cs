using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Data.Sqlite;

namespace MlNetShallowNet.ClusterTests;

/// <summary>A table in two files, and the network that a single process trains on it.</summary>
public sealed class Training : IDisposable
{
    private const int Rows = 3000;

    private static readonly string[] _options =
        ["--data", "part-*.csv", "--test-fraction", "0", "--hidden", "48", "--epochs", "40", "--set", "Members=4", "--set", "Patience=40", "--network"];

    /// <summary>Options of a training that is to be ended in its middle: it takes longer than a signal may need.</summary>
    public static string[] Lasting => ["--set", "NumberOfIterations=4000", "--set", "Patience=4000"];

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

    /// <summary>The table's numbers in a database, with weights.</summary>
    public string Database
    {
        get
        {
            string path = Path.Combine(Folder, "shop.db");
            using SqliteConnection database = new($"Data Source={path};Pooling=False");
            database.Open();
            using SqliteCommand command = database.CreateCommand();
            command.CommandText = """
                CREATE TABLE t (id INTEGER PRIMARY KEY, x REAL, weight REAL, label TEXT);
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
                INSERT INTO t SELECT i, i * 7919 % 1000 / 1000.0, 0.5 + i % 4, CASE WHEN (i * 7919 % 1000 > 400) <> (i % 9 = 0) THEN 'yes' ELSE 'no' END FROM n;
                """;
            command.ExecuteNonQuery();
            return path;
        }
    }

    /// <summary>Writes a new certificate with its key.</summary>
    public void WriteCertificate(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = new CertificateRequest("CN=shallownet", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Path.Combine(Folder, name), $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
    }

    /// <summary>A network that was written.</summary>
    public byte[] Network(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    /// <summary>Starts a driver.</summary>
    public Machine Drive(string address, string network, params string[] more) => Drive(address, network, null, more);

    /// <summary>Starts a driver with an environment variable.</summary>
    public Machine Drive(string address, string network, (string, string)? variable, params string[] more) =>
        new(Folder, variable, ["train", .. _options, network, "--cluster", address, .. more]);

    /// <summary>Starts a worker, which stays for long unless it is told otherwise, for a driver may start slowly where much else runs.</summary>
    public Machine Work(string address, string? folder = null, (string, string)? variable = null, params string[] more) =>
        new(Folder, variable, ["worker", "--join", address, "--folder", folder ?? Folder, .. more.Contains("--idle") ? more : [.. more, "--idle", "600"]]);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
