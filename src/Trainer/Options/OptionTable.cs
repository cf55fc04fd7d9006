namespace MlNetShallowNet.Options;

/// <summary>The rules as documentation, and the options of one trainer as text.</summary>
internal static class OptionTable
{
    /// <summary>The lines of a Markdown table with a row for every option.</summary>
    public static IReadOnlyList<string> Markdown() =>
    [
        "| option | what it is for | range | default |",
        "|---|---|---|---|",
        .. OptionRules.All.Select(rule => $"| `{rule.Name}` | {rule.Purpose} | {rule.Range} | {rule.Default} |"),
    ];

    /// <summary>The options by name, as text; those that are null, and so decided by the trainer, are not among them.</summary>
    public static IReadOnlyDictionary<string, string> Texts(ShallowNetworkTrainer.Options options)
    {
        var texts = new OrderedDictionary<string, string>();
        foreach (OptionRule rule in OptionRules.All)
        {
            if ((rule.Read is not null || rule.Get(options) is string) && rule.Text(options) is string text)
                texts.Add(rule.Name, text);
        }

        return texts;
    }
}
