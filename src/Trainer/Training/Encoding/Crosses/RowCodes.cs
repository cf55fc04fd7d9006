namespace MlNetShallowNet.Training;

/// <summary>What each row has of something that has few values, as a code from 0 on.</summary>
internal sealed class RowCodes
{
    /// <param name="rows">The code of each row.</param>
    public RowCodes(int[] rows)
    {
        Rows = rows;
        foreach (int code in rows)
            Count = Math.Max(Count, code + 1);
        bool[] occurs = new bool[Count];
        foreach (int code in rows)
            occurs[code] = true;
        Used = occurs.Count(does => does);
    }

    /// <summary>The code of each row.</summary>
    public int[] Rows { get; }

    /// <summary>Codes are less than this.</summary>
    public int Count { get; }

    /// <summary>How many codes some row has.</summary>
    public int Used { get; }

    /// <summary>A code for each pair of codes.</summary>
    public static RowCodes Cross(RowCodes first, RowCodes second)
    {
        int[] codes = new int[first.Rows.Length];
        for (int i = 0; i < codes.Length; i++)
            codes[i] = first.Rows[i] * second.Count + second.Rows[i];
        return new RowCodes(codes);
    }
}
