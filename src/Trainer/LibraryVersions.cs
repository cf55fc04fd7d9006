using System.Numerics;
using System.Reflection;
using Microsoft.ML;

namespace MlNetShallowNet;

/// <summary>What this process runs on, for a model to remember.</summary>
internal static class LibraryVersions
{
    public static IReadOnlyDictionary<string, string> Now() => new OrderedDictionary<string, string>
    {
        ["MlNetShallowNet"] = Of(typeof(LibraryVersions)),
        ["Microsoft.ML"] = Of(typeof(MLContext)),
        [".NET"] = RuntimeInformation.FrameworkDescription,
        ["vector bits"] = $"{Vector<byte>.Count * 8}",
    };

    private static string Of(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
