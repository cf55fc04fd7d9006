using System.Globalization;

namespace MlNetShallowNet.Options;

using Given = ShallowNetworkTrainer.Options;

/// <summary>Rules of the kinds of options that there are.</summary>
internal static class OptionKinds
{
    public static OptionRule Whole(string name, string purpose, Func<Given, int?> get, Action<Given, int> set, int least = 1, int most = int.MaxValue) =>
        new(name, purpose, most == int.MaxValue ? Number($"at least {least:N0}") : Number($"from {least:N0} to {most:N0}"), o => get(o))
        {
            Allows = value => (int)value >= least && (int)value <= most,
            Kind = "a whole number",
            Read = (options, text) => Parsed(int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value), () => set(options, value)),
        };

    /// <summary>Above 0, in a range that single precision has.</summary>
    public static OptionRule Positive(string name, string purpose, Func<Given, double?> get, Action<Given, double> set, double most = float.MaxValue) => Real(
        name, purpose, most < float.MaxValue ? Number($"above 0 and at most {most:N0}") : "above 0 and finite", get, set,
        value => value > 0 && (value < float.MaxValue && value <= most));

    public static OptionRule NotNegative(string name, string purpose, Func<Given, double?> get, Action<Given, double> set) =>
        Real(name, purpose, "0 or more and finite", get, set, value => value is >= 0 and < float.MaxValue);

    public static OptionRule Fraction(string name, string purpose, Func<Given, double?> get, Action<Given, double> set) =>
        Real(name, purpose, "0 or more and below 1", get, set, value => value is >= 0 and < 1);

    public static OptionRule Truth(string name, string purpose, Func<Given, bool> get, Action<Given, bool> set) =>
        new(name, purpose, "true or false", o => get(o))
        {
            Kind = "true or false",
            Read = (options, text) => Parsed(bool.TryParse(text, out bool value), () => set(options, value)),
        };

    public static OptionRule Choice<T>(string name, string purpose, Func<Given, T?> get, Action<Given, T> set)
        where T : struct, Enum
    {
        string[] all = Enum.GetNames<T>();
        string names = string.Join(", ", all);
        return new(name, purpose, names, o => get(o))
        {
            Allows = value => Enum.IsDefined((T)value),
            Kind = $"one of {names}",
            Read = (options, text) =>
            {
                // By its name: Enum.Parse takes numbers and lists of names, too.
                string? called = Array.Find(all, n => n.Equals(text.Trim().Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
                return Parsed(called is not null, () => set(options, Enum.Parse<T>(called!)));
            },
        };
    }

    public static OptionRule Column(string name, string purpose, Func<Given, string?> get) => new(name, purpose, "the name of a column", get)
    {
        Allows = value => !string.IsNullOrWhiteSpace((string)value),
    };

    private static OptionRule Real(string name, string purpose, string range, Func<Given, double?> get, Action<Given, double> set, Func<double, bool> allows) =>
        new(name, purpose, range, o => get(o))
        {
            Allows = value => allows((double)value),
            Kind = "a number",
            Read = (options, text) => Parsed(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value), () => set(options, value)),
        };

    private static bool Parsed(bool isOfKind, Action set)
    {
        if (isOfKind)
            set();
        return isOfKind;
    }

    private static string Number(FormattableString text) => FormattableString.Invariant(text);
}
