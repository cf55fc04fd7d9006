namespace MlNetShallowNet.Samples.Tables;

/// <summary>What the user says about a table with labels.</summary>
/// <param name="Source">Where it is.</param>
internal sealed record TableSettings(TableSource Source)
{
    /// <summary>What to call the table.</summary>
    public string Path => Source.Path;

    /// <summary>The label column; null for one called Label, else the last.</summary>
    public string? Label { get; init; }

    /// <summary>The label's positive value; null to choose.</summary>
    public string? Positive { get; init; }

    /// <summary>Whether a label column that holds a single value will do, as for a look at one example.</summary>
    public bool OneLabelSuffices { get; init; }

    /// <summary>How the text is written.</summary>
    public TextFormat Format { get; init; } = new();

    /// <summary>Columns that the network doesn't get to see.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Columns that hold categories even if they look like numbers.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>Columns that hold free text even if it doesn't look like sentences.</summary>
    public IReadOnlyList<string> FreeTexts { get; init; } = [];

    /// <summary>The column with the examples' weights, or null.</summary>
    public string? Weight { get; init; }

    /// <summary>How many megabytes rows may take in memory, if the user says so.</summary>
    public int? MemoryBudgetMegabytes { get; init; }

    /// <summary>The column with each row's fold of cross-validation, or null.</summary>
    public string? Fold { get; init; }
}
