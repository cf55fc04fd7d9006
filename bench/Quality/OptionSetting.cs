using System.Globalization;
using System.Reflection;
using MlNetShallowNet.Network;
using MlNetShallowNet.Trainers;

namespace MlNetShallowNet.Quality;

/// <summary>An option given on the command line as NAME=VALUE.</summary>
internal static class OptionSetting
{
    public static (PropertyInfo Option, object Value) Parse(string text)
    {
        string[] parts = text.Split('=', 2);
        PropertyInfo option = typeof(ShallowNetworkTrainer.Options).GetProperty(parts[0])
            ?? throw new ArgumentException($"There is no option '{parts[0]}'.");
        if (parts.Length != 2)
            throw new ArgumentException($"'{text}' has no value; write {parts[0]}=VALUE.");
        Type type = Nullable.GetUnderlyingType(option.PropertyType) ?? option.PropertyType;
        object value = type.IsEnum ? Enum.Parse(type, parts[1], ignoreCase: true)
            : type == typeof(IActivation) ? Activation.ByName(parts[1])
            : Convert.ChangeType(parts[1], type, CultureInfo.InvariantCulture);
        return (option, value);
    }
}
