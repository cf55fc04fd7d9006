using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Persistence;

/// <summary>What the state of a loaded model holds; immutable, for all that ask for it share it.</summary>
internal sealed class SavedNetwork
{
    // A state's text is one string for all cursors and engines of a loaded model, so each is read once and forgotten with its model.
    private static readonly ConditionalWeakTable<string, SavedNetwork> _known = [];

    private SavedNetwork(ReadOnlySpan<char> text)
    {
        Document = NetworkState.Parse(text);
        Scorer = Document.Network.CreateScorer();
    }

    /// <summary>The network.</summary>
    public NetworkDocument Document { get; }

    /// <summary>Scores rows with it.</summary>
    public ModelScorer Scorer { get; }

    /// <summary>The network of a state's text.</summary>
    /// <exception cref="InvalidDataException">It holds none.</exception>
    public static SavedNetwork Of(ReadOnlyMemory<char> text) => MemoryMarshal.TryGetString(text, out string? whole, out _, out int length) && length == whole.Length
        ? _known.GetValue(whole, static t => new SavedNetwork(t))
        : new SavedNetwork(text.Span);
}
