namespace MlNetShallowNet.Quality.Tables;

/// <summary>A row of a table of sentences: ML.NET featurizes each column by itself.</summary>
internal sealed class TextRow(bool label, string[] texts)
{
    public static readonly string[] Columns = [nameof(Text1), nameof(Text2), nameof(Text3), nameof(Text4)];

    public bool Label => label;

    public string Text1 => texts.ElementAtOrDefault(0) ?? "";

    public string Text2 => texts.ElementAtOrDefault(1) ?? "";

    public string Text3 => texts.ElementAtOrDefault(2) ?? "";

    public string Text4 => texts.ElementAtOrDefault(3) ?? "";
}
