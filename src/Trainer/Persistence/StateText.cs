namespace MlNetShallowNet.Persistence;

/// <summary>
/// Bytes as text in a function of ML.NET's expression language that yields it whatever it is given. When ML.NET loads such a function, it works out what is
/// constant in it, but hands nothing of it to anybody before a row comes. So that damage ends the loading, the text stands there twice, and where the two
/// differ a division by zero is constant.
/// </summary>
internal static class StateText
{
    // As far as deflate, which packs a model's parts, refers back.
    private const int Window = 1 << 15;

    /// <summary>The text of bytes.</summary>
    public static string Write(byte[] bytes) => bytes.Length > Window ? DenseCode.Write(bytes) : LetterCode.Write(bytes);

    /// <summary>The bytes of a text; null where it is none of these.</summary>
    public static byte[]? Read(ReadOnlySpan<char> text) => DenseCode.Begins(text) ? DenseCode.Read(text) : LetterCode.Read(text);

    /// <summary>
    /// The function of a text. Of what stands twice near by, deflate makes a reference to the first, and damage to the file would change both alike: so the
    /// second has small letters where the text is short, while the two copies of a long one are farther apart than deflate can see.
    /// </summary>
    public static string Function(string text)
    {
        (string given, string copy) = DenseCode.Begins(text) ? ("s", text) : ("lower(s)", text.ToLowerInvariant());
        return $"x => with(s = \"{text}\"; left(s, {text.Length} / ({given} == \"{copy}\" ? 1 : 0)))";
    }
}
