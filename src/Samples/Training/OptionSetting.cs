using System.Globalization;
using System.Reflection;

namespace MlNetShallowNet.Samples.Training;

/// <summary>An option of the trainer, given on the command line as NAME=VALUE.</summary>
internal sealed record OptionSetting(PropertyInfo Option, object Value)
{
    /// <summary>Reads a setting.</summary>
    /// <exception cref="FormatException">There is no such option, it is none that a text can give, or the value is not one of its kind.</exception>
    public static OptionSetting Parse(string text)
    {
        string[] parts = text.Split('=', 2);
        PropertyInfo option = typeof(ShallowNetworkTrainer.Options).GetProperty(parts[0], BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)
            ?? throw new FormatException($"The trainer has no option '{parts[0]}'; README.md lists its options, for example Members.");
        Type type = Nullable.GetUnderlyingType(option.PropertyType) ?? option.PropertyType;
        if (!type.IsEnum && type != typeof(int) && type != typeof(double) && type != typeof(bool) && type != typeof(IActivation))
            throw new FormatException($"{option.Name} can't be given as text.");
        if (parts.Length == 2 && Read(type, parts[1]) is object value)
            return new OptionSetting(option, value);
        throw new FormatException(parts.Length == 2
            ? $"'{parts[1]}' is no value for {option.Name}; give {Kind(type)}."
            : $"'{text}' has no value; write {option.Name}=VALUE, with {Kind(type)}.");
    }

    /// <summary>Sets the option.</summary>
    public void Apply(ShallowNetworkTrainer.Options options) => Option.SetValue(options, Value);

    private static object? Read(Type type, string text)
    {
        if (type.IsEnum)
            return Enum.TryParse(type, text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out object? named) && Enum.IsDefined(type, named!) ? named : null;
        if (type == typeof(IActivation))
            return Activation.BuiltIn.FirstOrDefault(a => a.Name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (type == typeof(bool))
            return bool.TryParse(text, out bool truth) ? truth : null;
        if (type == typeof(int))
            return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int whole) ? whole : null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
    }

    private static string Kind(Type type) =>
        type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
        : type == typeof(IActivation) ? $"one of {string.Join(", ", Activation.BuiltIn.Select(a => a.Name))}"
        : type == typeof(bool) ? "true or false"
        : type == typeof(int) ? "a whole number"
        : "a number";
}
