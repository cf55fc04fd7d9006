using MlNetShallowNet.Samples.Commands.Help;

namespace MlNetShallowNet.Samples.Commands;

/// <summary>An option of the trainer, given on the command line as NAME=VALUE.</summary>
internal sealed record OptionSetting(string Name, string Value)
{
    private static readonly string[] _names = [.. typeof(ShallowNetworkTrainer.Options).GetProperties().Select(property => property.Name)];

    /// <summary>Reads a setting.</summary>
    /// <exception cref="FormatException">There is no such option, it is none that a text can give, or the value is not one of its kind.</exception>
    public static OptionSetting Parse(string text)
    {
        string[] parts = text.Split('=', 2);
        if (!_names.Contains(parts[0], StringComparer.OrdinalIgnoreCase) && Misspelling.Closest(parts[0], _names) is { } meant)
            throw new FormatException($"The trainer has no option '{parts[0]}'; did you mean {meant}?");
        try
        {
            var setting = new OptionSetting(parts[0], parts.Length == 2 ? parts[1] : "");
            setting.Apply(new ShallowNetworkTrainer.Options());
            return setting;
        }
        catch (ArgumentException e)
        {
            throw new FormatException(parts.Length == 2 ? e.Message : $"{e.Message} Write it as {text}=VALUE.", e);
        }
    }

    /// <summary>Sets the option.</summary>
    public void Apply(ShallowNetworkTrainer.Options options) => options.Set(Name, Value);
}
