using System.Globalization;
using MlNetShallowNet.Training;

namespace MlNetShallowNet.Options;

/// <summary>All that the library knows of one option: checking, text, documentation and the program's <c>--set</c> come from it.</summary>
/// <param name="Name">The property of <see cref="ShallowNetworkTrainer.Options"/>.</param>
/// <param name="Purpose">What it is for, in one line.</param>
/// <param name="Range">What is allowed, after "must be".</param>
/// <param name="Get">Its value in these options; null where it is left to the trainer.</param>
internal sealed record OptionRule(string Name, string Purpose, string Range, Func<ShallowNetworkTrainer.Options, object?> Get)
{
    /// <summary>What the trainer decides where the option is null, in words; null where the default is a value.</summary>
    public string? WhenNull { get; init; }

    /// <summary>Whether a value, which is not null, is allowed.</summary>
    public Func<object, bool> Allows { get; init; } = _ => true;

    /// <summary>Sets the option to the value of a text; false where the text is none of its kind. Null for what a text cannot give.</summary>
    public Func<ShallowNetworkTrainer.Options, string, bool>? Read { get; init; }

    /// <summary>What texts are of its kind.</summary>
    public string Kind { get; init; } = "";

    /// <summary>What the option must be beside these others; null where they are no hindrance.</summary>
    public Func<ShallowNetworkTrainer.Options, string?> Conflict { get; init; } = _ => null;

    /// <summary>Why the option has no effect with what was decided for a training run; null where it has.</summary>
    public Func<ShallowNetworkTrainer.Options, TrainingSettings, string?> Idle { get; init; } = (_, _) => null;

    /// <summary>The default as documentation has it.</summary>
    public string Default => WhenNull ?? Text(new ShallowNetworkTrainer.Options()) ?? "none";

    /// <summary>The value as text, which <see cref="Read"/> takes; null where it is left to the trainer.</summary>
    public string? Text(ShallowNetworkTrainer.Options options) => Get(options) switch
    {
        null => null,
        bool truth => truth ? "true" : "false",
        IActivation activation => activation.Name,
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        object other => other.ToString(),
    };

    /// <summary>Whether it has another value than the default.</summary>
    public bool IsGiven(ShallowNetworkTrainer.Options options) => !Equals(Get(options), Get(new ShallowNetworkTrainer.Options()));

    /// <exception cref="ArgumentException">The value is not allowed, by itself or beside the others.</exception>
    public void Check(ShallowNetworkTrainer.Options options)
    {
        object? value = Get(options);
        if (value is null && Get(new ShallowNetworkTrainer.Options()) is not null)
            throw new ArgumentNullException(Name);
        string? allowed = value is not null && !Allows(value) ? Range : Conflict(options);
        if (allowed is null)
            return;
        throw value is string ? new ArgumentOutOfRangeException(Name, $"{Name} is empty; give {allowed}.")
            : new ArgumentOutOfRangeException(Name, value, $"{Name} must be {allowed}.");
    }
}
