using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>
/// What may be crossed: a feature with knots, or neighbouring features that are 0 or 1, of which no row has two that are 1, as of a one-hot
/// encoded column.
/// </summary>
/// <param name="First">The first feature.</param>
/// <param name="Count">How many features.</param>
/// <param name="Columns">How many columns of the encoding.</param>
/// <param name="Codes">What each row has of it.</param>
/// <param name="HasFewValues">Whether nearly all values are at knots.</param>
internal sealed record CrossSubject(int First, int Count, int Columns, RowCodes Codes, bool HasFewValues)
{
    private const double AtKnots = 0.95; // of the rows
    private const int MostCodes = 1 << 24;

    /// <summary>All there are, by their first features; the groups as large as they can be. None where there are more groups than <paramref name="mostGroups"/>, as
    /// where features are words of which a row has many.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="features">How each feature is read.</param>
    /// <param name="mostGroups">Groups of 0 and 1, at most.</param>
    public static CrossSubject[] Find(SparseRows rows, FittedFeature[] features, int mostGroups)
    {
        int[] subjectOf = new int[features.Length];
        int[][] ranges = [.. Ranges(rows, features)];
        if (ranges.Count(range => !features[range[0]].HasKnots) > mostGroups || (long)ranges.Length * rows.Count > MostCodes)
            return [];
        Array.Fill(subjectOf, -1);
        for (int s = 0; s < ranges.Length; s++)
            subjectOf.AsSpan(ranges[s][0], ranges[s][1]).Fill(s);

        // Where a subject's features are 0, the code is that of 0 on knots, and 0 in a group.
        int[][] codes = [.. ranges.Select(range => Enumerable.Repeat(Code(features[range[0]], range[0], range, 0), rows.Count).ToArray())];
        int[] absent = [.. ranges.Select(_ => rows.Count)], away = new int[ranges.Length];
        for (int i = 0; i < rows.Count; i++)
        {
            (int start, int count) = rows.Row(i);
            for (int k = start; k < start + count; k++)
            {
                int d = rows.Indices[k], s = subjectOf[d];
                if (s < 0 || rows.Values[k] == 0)
                    continue;
                codes[s][i] = Code(features[d], d, ranges[s], rows.Values[k]);
                absent[s]--;
                away[s] += IsAway(features[d], rows.Values[k]) ? 1 : 0;
            }
        }
        return [.. ranges.Select((range, s) => new CrossSubject(
            range[0], range[1], features[range[0]].HasKnots ? features[range[0]].Knots.Length : range[1], new RowCodes(codes[s]),
            away[s] + (IsAway(features[range[0]], 0) ? absent[s] : 0) <= (1 - AtKnots) * rows.Count))];
    }

    private static int Code(FittedFeature feature, int number, int[] range, float value)
    {
        if (!feature.HasKnots)
            return value == 0 ? 0 : number - range[0] + 1;
        int at = Array.BinarySearch(feature.Knots, value);
        return at < 0 ? ~at : at;
    }

    private static bool IsAway(FittedFeature feature, float value) => feature.HasKnots && Array.BinarySearch(feature.Knots, value) < 0;

    // The first feature of each subject, and how many it has.
    private static IEnumerable<int[]> Ranges(SparseRows rows, FittedFeature[] features) =>
        OneHotGroup.Find(rows, d => !features[d].HasKnots).Select(group => new[] { group.First, group.Count })
            .Concat(Enumerable.Range(0, features.Length).Where(d => features[d].HasKnots).Select(d => new[] { d, 1 }))
            .OrderBy(range => range[0]);
}
