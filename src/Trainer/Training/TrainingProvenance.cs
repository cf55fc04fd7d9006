namespace MlNetShallowNet;

/// <summary>How a network came to be, so that its training can be repeated: saved models carry it.</summary>
public sealed class TrainingProvenance
{
    internal TrainingProvenance(IReadOnlyDictionary<string, string> options, IReadOnlyDictionary<string, string> versions) =>
        (Options, Versions) = (options, versions);

    /// <summary>The options by name, each as text that <see cref="ShallowNetworkTrainer.Options.Set"/> and the program's <c>--set NAME=VALUE</c> take;
    /// those left to the trainer are not among them, except for the seed, which is the one that was used, and
    /// of rows that went through a temporary file the memory budget: the least, which sends them there again.</summary>
    public IReadOnlyDictionary<string, string> Options { get; }

    /// <summary>The versions of MlNetShallowNet, Microsoft.ML and .NET, and the width of the processor's vectors, on which the last bits depend.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; }
}
