using System.Diagnostics;
using System.Globalization;

namespace MlNetShallowNet.Fuzz;

/// <summary>
/// Altered bytes for one target, one after another. A failure is an exception that is no clear refusal, more than 256 MB allocated, more
/// than five seconds of work, or memory that all of them together leave taken; what hangs for two minutes ends the program. The bytes of the first
/// failures stay in a file to try again.
/// </summary>
internal sealed class Campaign(Target target, int count, int seed)
{
    private const long MostBytes = 256L << 20, MostKept = 64L << 20;
    private const int MostShown = 10, MostSeconds = 120;
    private static readonly TimeSpan _mostWork = TimeSpan.FromSeconds(5), _second = TimeSpan.FromSeconds(1);

    private int _failures;

    /// <summary>Tries them all.</summary>
    /// <returns>How many failed.</returns>
    public int Run()
    {
        int refused = 0;
        IReadOnlyList<byte[]> seeds = target.Seeds;
        long most = 0;
        foreach (byte[] whole in seeds)
            target.Read(whole); // what is not altered must be taken
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < count; i++)
        {
            int number = i;
            Random random = new(HashCode(seed, i));
            byte[] bytes = target.Seal(Mutation.Of(seeds[i % seeds.Count], random), random);
            int seconds = 0; // counted one by one, for a machine may be paused
            using Timer watch = new(
                _ =>
                {
                    if (Interlocked.Increment(ref seconds) == MostSeconds)
                        Environment.FailFast($"{target.Name} {number} hangs; its bytes are in {Keep(number, bytes)}");
                },
                null, _second, _second);
            long allocated = GC.GetTotalAllocatedBytes();
            TimeSpan worked = Work;
            try
            {
                target.Read(bytes);
            }
            catch (Exception error) when (target.IsRefusal(error))
            {
                refused++;
                if (error.Message.Length > 1_000 || error.Message.Contains('\n', StringComparison.Ordinal))
                    Fail(i, bytes, $"its refusal is no sentence: {error.Message[..Math.Min(200, error.Message.Length)]}");
            }
            catch (Exception error)
            {
                Fail(i, bytes, $"{error}");
            }
            allocated = GC.GetTotalAllocatedBytes() - allocated;
            most = Math.Max(most, allocated);
            if (allocated > MostBytes)
                Fail(i, bytes, $"{allocated >> 20} MB were allocated");
            if (Work - worked > _mostWork)
                Fail(i, bytes, $"it took {(Work - worked).TotalSeconds:0.0} s");
        }
        long kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} altered {target.Name}: {refused} refused, {count - refused - _failures} taken, {_failures} failures; at most {most >> 20} MB; {kept >> 20} MB stay."));
        return _failures + (kept > MostKept ? 1 : 0);
    }

    private static TimeSpan Work => Process.GetCurrentProcess().TotalProcessorTime;

    private void Fail(int number, byte[] bytes, string why)
    {
        if (_failures++ < MostShown)
            Console.WriteLine($"{target.Name} {number} ({Keep(number, bytes)}): {why}");
    }

    private string Keep(int number, byte[] bytes)
    {
        string path = Path.Combine(Path.GetTempPath(), $"fuzz-{target.Name.Replace(' ', '-')}-{number}");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static int HashCode(int seed, int number) => unchecked(seed * 1_000_003 + number);
}
