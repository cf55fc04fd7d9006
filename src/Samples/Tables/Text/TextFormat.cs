using System.Text;

namespace MlNetShallowNet.Samples.Tables;

/// <summary>What the user says about how a table is written, or what was found.</summary>
internal sealed record TextFormat
{
    /// <summary>The separator; null to find it.</summary>
    public char? Separator { get; init; }

    /// <summary>Whether the first record holds the names of the columns.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Whether quotes enclose fields; if not, they are letters like any other.</summary>
    public bool HasQuotes { get; init; } = true;

    /// <summary>How many lines stand before the table; null to find out.</summary>
    public int? SkippedLines { get; init; }

    /// <summary>The encoding; null to find it.</summary>
    public Encoding? Encoding { get; init; }
}
