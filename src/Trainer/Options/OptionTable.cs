namespace MlNetShallowNet.Options;

/// <summary>The options of one trainer as text.</summary>
internal static class OptionTable
{
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
