using System.Reflection;

namespace MlNetShallowNet.Samples.Commands.Explain.Pages;

/// <summary>The texts that are embedded in the program for the page.</summary>
internal static class PageResource
{
    private static readonly Assembly _assembly = Assembly.GetExecutingAssembly();

    /// <summary>One text, its lines ended by \n.</summary>
    public static string Read(string name)
    {
        using Stream stream = _assembly.GetManifestResourceStream($"lesson/{name}")
            ?? throw new InvalidOperationException($"The program holds no text lesson/{name}.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
