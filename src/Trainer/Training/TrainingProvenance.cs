namespace MlNetShallowNet;

/// <summary>How a network came to be, so that its training can be repeated: saved models carry it.</summary>
/// <param name="options">The options by name, as text.</param>
/// <param name="versions">The versions of what it was trained with, by name.</param>
public sealed class TrainingProvenance(IReadOnlyDictionary<string, string> options, IReadOnlyDictionary<string, string> versions)
{
    /// <summary>The options by name, each as text that <c>--set NAME=VALUE</c> of the program takes; those left to the trainer are not
    /// among them, except for the seed, which is the one that was used.</summary>
    public IReadOnlyDictionary<string, string> Options { get; } = options ?? throw new ArgumentNullException(nameof(options));

    /// <summary>The versions of MlNetShallowNet, Microsoft.ML and .NET, and the width of the processor's vectors, on which the last bits depend.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; } = versions ?? throw new ArgumentNullException(nameof(versions));
}
