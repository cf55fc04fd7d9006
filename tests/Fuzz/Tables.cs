using System.Text;
using MlNetShallowNet.Samples.Commands;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Fuzz;

/// <summary>Tables that the program trains on.</summary>
internal sealed class Tables : Target
{
    private static readonly string _path = Path.Combine(Path.GetTempPath(), $"fuzz-{Environment.ProcessId}.csv");

    public override string Name => "tables";

    public override int FullCount => 10_000;

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        Text("x,y,Label\n", i => $"{i % 13 - 6},{i * 7 % 10}.5,{(i % 13 > 6 ? 1 : 0)}\n"),
        Text("x;word;\"a \"\"date\"\"\";Label\r\n", i => $"\"{i % 13}\";{(i % 3 == 0 ? "red" : "green")};2024-01-{1 + i % 28:00};{(i % 13 > 6 ? "yes" : "no")}\r\n"),
        Text("x\tmoney\tclass\n", i => $"{(i % 9 == 0 ? "NA" : $"{i % 13}")}\t$1,{i % 10}00\t{(i % 13 > 6 ? "good" : "bad")}\n"),
    ];

    public override void Read(byte[] bytes)
    {
        File.WriteAllBytes(_path, bytes);
        using MemoryStream output = new();
        using StringWriter error = new();
        using IDisposable redirection = Terminal.Redirect(output, error);
        int code = ProgramCommand.Run(["train", "--data", _path, "--hidden", "2", "--set", "Members=1", "--epochs", "1", "--threads", "1"]);
        string said = error.ToString();
        File.Delete(_path);
        if (code == 0 && said.Length == 0)
            return;
        throw code == 1 && !said.Contains("unforeseen", StringComparison.Ordinal) ? new Refused(said.TrimEnd('\n')) : new InvalidOperationException($"exit code {code}: {said}");
    }

    public override bool IsRefusal(Exception error) => error is Refused;

    private static byte[] Text(string header, Func<int, string> row) => Encoding.UTF8.GetBytes(header + string.Concat(Enumerable.Range(0, 40).Select(row)));

    private sealed class Refused(string message) : Exception(message);
}
