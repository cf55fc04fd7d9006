namespace MlNetShallowNet.TestTools;

/// <summary>Tests that take ten seconds or so, for programs are built, or processes waited for: they run where SHALLOWNET_LONG_TESTS is set, as .ci/run does.</summary>
internal static class LongTest
{
    private const string Variable = "SHALLOWNET_LONG_TESTS";

    /// <summary>Whether they are to run.</summary>
    public static bool IsWanted { get; } = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Skips the test where they are not.</summary>
    public static void Require() => Xunit.Skip.IfNot(IsWanted, $"It takes long; {Variable}=1 runs it, too.");
}
