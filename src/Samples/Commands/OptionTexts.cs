using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using MlNetShallowNet.Samples.Commands.Help;

namespace MlNetShallowNet.Samples.Commands;

/// <summary>Small parts that options are made of.</summary>
internal static class OptionTexts
{
    /// <summary>An option whose value is any text.</summary>
    public static Option<string?> Text(string name, string value, string description) =>
        NotEmpty(new Option<string?>(name) { Description = description, HelpName = value });

    /// <summary>An option that must be given, whose value is a file.</summary>
    public static Option<string> RequiredFile(string name, string description) =>
        NotEmpty(new Option<string>(name) { Description = description, HelpName = "file", Required = true });

    /// <summary>An option whose value is a number within limits; anything else is a usage error.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="isAllowed">Whether a number is within the limits.</param>
    /// <param name="limits">The limits in words, after "must be".</param>
    public static Option<T?> Number<T>(string name, string description, Func<T, bool> isAllowed, string limits)
        where T : struct, INumberBase<T> => new(name)
        {
            Description = description,
            HelpName = "number",
            CustomParser = result =>
            {
                string given = result.Tokens[0].Value;
                bool isWhole = T.IsZero(T.One / (T.One + T.One));
                // Without separators of thousands, by which 0,01 would be 1.
                if (T.TryParse(given, isWhole ? NumberStyles.Integer : NumberStyles.Float, CultureInfo.InvariantCulture, out T number) && isAllowed(number))
                    return number;
                result.AddError($"{name} must be {limits}, not {given}{(!isWhole && given.Contains(',') ? "; decimals stand behind a point" : "")}.");
                return null;
            },
        };

    /// <summary>An option whose value is one of a list of names, in upper or lower case.</summary>
    public static Option<T?> OneOf<T>(string name, string description, IReadOnlyDictionary<string, T> values, string? usual = null)
        where T : class
    {
        Option<T?> option = new(name) { Description = Described(description, values.Keys, usual), HelpName = "name" };
        option.CustomParser = result => Find(result, option.Name, values, out T? value) ? value : null;
        option.Completes(values.Keys);
        return option;
    }

    /// <summary>An option whose value is one of an enumeration's names, written with hyphens.</summary>
    public static Option<T?> OneOf<T>(string name, string description, string? usual = null)
        where T : struct, Enum
    {
        Dictionary<string, T> values = Enum.GetValues<T>().ToDictionary(value => Hyphenated(value.ToString()), value => value);
        Option<T?> option = new(name) { Description = Described(description, values.Keys, usual), HelpName = "name" };
        option.CustomParser = result => Find(result, option.Name, values, out T value) ? value : null;
        option.Completes(values.Keys);
        return option;
    }

    /// <summary>An argument that is one of a list of names.</summary>
    public static Argument<string> NameOf(string name, string description, IReadOnlyCollection<string> names)
    {
        Argument<string> argument = new(name) { Description = description };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && !names.Contains(given.Value))
            {
                string meant = Misspelling.Closest(given.Value, names) is { } closest ? $"; did you mean {closest}?" : $"; there are {string.Join(", ", names)}.";
                result.AddError($"There is no {name} {given.Value}{meant}");
            }
        });
        argument.CompletionSources.Add([.. names]);
        return argument;
    }

    private static string Described(string description, IEnumerable<string> names, string? usual) =>
        $"{description} ({string.Join(", ", names)}){(usual is null ? "" : $" [default: {usual}]")}";

    /// <summary>Lets shells complete an option to these names alone; an enumeration's own would be there already.</summary>
    public static void Completes(this Option option, IEnumerable<string> names)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add([.. names]);
    }

    private static Option<T> NotEmpty<T>(Option<T> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
                result.AddError($"{option.Name} is empty; give a {option.HelpName}.");
        });
        return option;
    }

    /// <summary>GradientDescent as gradient-descent.</summary>
    private static string Hyphenated(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private static bool Find<T>(ArgumentResult result, string option, IReadOnlyDictionary<string, T> values, out T? value)
    {
        string given = result.Tokens[0].Value;
        foreach ((string name, T candidate) in values)
        {
            if (name.Equals(given, StringComparison.OrdinalIgnoreCase))
            {
                value = candidate;
                return true;
            }
        }
        value = default;
        result.AddError($"{option} must be one of {string.Join(", ", values.Keys)}, not {given}.");
        return false;
    }
}
