using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>A one-hot encoded column which trees may split by several of its categories at once.</summary>
internal sealed class CategoryColumn
{
    private const int FewestCategories = 4; // of three, splits by one are all that there are
    private const double LeastShare = 0.5; // of the rows that have one of these categories

    private CategoryColumn(int[] features, int rows) => (Features, Codes) = (features, new ushort[rows]);

    /// <summary>The feature that is 1 for each category, by its code less 1.</summary>
    public int[] Features { get; }

    /// <summary>For each row the code of its category; 0 for none, or one that hardly any row has.</summary>
    public ushort[] Codes { get; }

    /// <summary>All there are.</summary>
    /// <param name="columns">The rows as trees read them.</param>
    /// <param name="mayBe">Which features are 0 or 1.</param>
    /// <param name="isUsed">Which of them trees may split.</param>
    public static CategoryColumn[] Find(TreeColumns columns, Func<int, bool> mayBe, Func<int, bool> isUsed)
    {
        TrainingRows rows = columns.Rows;
        List<CategoryColumn> found = [];
        foreach (OneHotGroup group in OneHotGroup.Find(rows, mayBe).Where(group => group.Count >= FewestCategories))
        {
            int[] features = [.. Enumerable.Range(group.First, group.Count).Where(isUsed)];
            if (features.Length is < FewestCategories or > ushort.MaxValue)
                continue;
            var column = new CategoryColumn(features, rows.Count);
            int filled = 0;
            for (int c = 0; c < features.Length; c++)
            {
                byte[] bins = columns.Bins(features[c]);
                for (int i = 0; ; i++)
                {
                    int skip = bins.AsSpan(i).IndexOf((byte)1);
                    if (skip < 0)
                        break;
                    column.Codes[i += skip] = (ushort)(c + 1);
                    filled++;
                }
            }
            if (filled >= LeastShare * rows.Count)
                found.Add(column);
        }
        return [.. found];
    }
}
