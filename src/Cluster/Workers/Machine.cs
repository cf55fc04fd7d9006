using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Cluster.Workers;

/// <summary>On what, beside rows and options, the bits of a network depend.</summary>
internal static class Machine
{
    /// <summary>What this process is, by what a refusal calls it.</summary>
    public static Dictionary<string, string> Here() => new(LibraryVersions.Now()) { ["width of vectors"] = $"{Hardware.WidestLanes} numbers" };

    /// <summary>Looks whether this process is what the driver is.</summary>
    /// <exception cref="InvalidOperationException">It is something else, so that its members would have other bits.</exception>
    public static void Check(IReadOnlyDictionary<string, string> driver, string worker)
    {
        Dictionary<string, string> here = Here();
        foreach ((string name, string value) in driver)
        {
            string found = here.GetValueOrDefault(name, "none");
            if (found != value)
            {
                throw new InvalidOperationException(
                    $"{worker} is refused: its {name} is {found} and the driver's is {value}, so that its members would have other bits; start all with the same " +
                    "program and, on processors that differ, with the same DOTNET_Enable... variables.");
            }
        }
    }
}
