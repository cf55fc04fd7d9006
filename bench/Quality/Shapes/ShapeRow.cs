using Microsoft.ML.Data;

namespace MlNetShallowNet.Quality.Shapes;

/// <summary>A generated row.</summary>
internal sealed class ShapeRow
{
    public bool Label { get; set; }

    public float[] Numbers { get; set; } = [];

    /// <summary>A word of many kinds, where the shape has one.</summary>
    public string Place { get; set; } = "";

    /// <summary>A word of few kinds, where the shape has one.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The log-odds that the label was drawn with: nothing can predict it better.</summary>
    [NoColumn]
    public double LogOdds { get; set; }
}
