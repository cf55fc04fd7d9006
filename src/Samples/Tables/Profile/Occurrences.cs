namespace MlNetShallowNet.Samples.Tables;

/// <summary>How often something was found, and where first.</summary>
internal sealed class Occurrences
{
    /// <summary>How often.</summary>
    public long Count { get; private set; }

    /// <summary>The first field.</summary>
    public string First { get; private set; } = "";

    /// <summary>Its line.</summary>
    public long Line { get; private set; }

    public void Add(ReadOnlySpan<char> field, long line)
    {
        if (Count++ == 0)
            (First, Line) = (field.ToString(), line);
    }

    public void Add(Occurrences others)
    {
        if (Count == 0 || (others.Count > 0 && others.Line < Line))
            (First, Line) = (others.First, others.Line);
        Count += others.Count;
    }

    /// <summary>The first one and its line, and how many there are.</summary>
    public override string ToString() => $"{Shown.Text(First)} on line {Line}{(Count > 1 ? $", {Count} times" : "")}";
}
