using System.Text.Json;

namespace MlNetShallowNet.Persistence;

/// <summary>Values out of JSON, each with one sentence for what is not as it must be.</summary>
internal static class JsonValues
{
    private const int MostShown = 40;

    public static JsonElement Required(this JsonElement parent, string name) => parent.Optional(name) ?? throw new InvalidDataException(
        $"'{name}' is missing; a network has activation, W1, b1, W2 and b2.");

    /// <summary>A property; null where it is missing or null.</summary>
    public static JsonElement? Optional(this JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static JsonElement Object(this JsonElement value, string name) => value.ValueKind == JsonValueKind.Object
        ? value
        : throw Not(value, name, "an object in braces");

    public static JsonElement.ArrayEnumerator Items(this JsonElement value, string name) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray()
        : throw Not(value, name, "an array in brackets");

    public static string Text(this JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw Not(value, name, "a text in quotes");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException) // half of a surrogate pair
        {
            throw Not(value, name, "a text of whole characters");
        }
    }

    public static bool Truth(this JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Not(value, name, "true or false"),
    };

    public static int Count(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int count) && count >= 0 ? count : throw Not(value, name, "a whole number, 0 or more");

    /// <summary>A number, rounded once: to single precision where it is of that.</summary>
    public static double Number(this JsonElement value, string name, bool single = false)
    {
        if (value.ValueKind != JsonValueKind.Number)
            throw Not(value, name, "numbers only");
        double number = single ? value.GetSingle() : value.GetDouble();
        return double.IsFinite(number) ? number : throw Not(value, name, "finite numbers");
    }

    /// <summary>A number, or NaN for null.</summary>
    public static double NumberOrNaN(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Null ? double.NaN : value.Number(name);

    private static InvalidDataException Not(JsonElement value, string name, string expected)
    {
        string found = value.ValueKind switch
        {
            JsonValueKind.Array => "an array",
            JsonValueKind.Object => "an object",
            _ => value.GetRawText(),
        };
        return new InvalidDataException($"{name} must be {expected}; it is {(found.Length > MostShown ? $"{found[..MostShown]}..." : found)}.");
    }
}
