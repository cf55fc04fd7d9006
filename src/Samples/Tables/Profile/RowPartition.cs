namespace MlNetShallowNet.Samples.Tables;

/// <summary>
/// Divides the labelled rows of a table at random, yes and no in equal proportions; the same seed gives the same division.
/// </summary>
internal static class RowPartition
{
    /// <summary>Marks the rows to hold out: a fraction of each label's rows, at least one of each.</summary>
    /// <param name="labels">Each row's label; null for none.</param>
    /// <param name="fraction">The fraction, 0 to below 1; 0 holds out nothing.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="UserError">A label has too few rows.</exception>
    public static bool[] HeldOut(bool?[] labels, double fraction, int seed)
    {
        bool[] heldOut = new bool[labels.Length];
        if (fraction == 0)
            return heldOut;
        Random random = new(seed);
        foreach (bool label in (bool[])[false, true])
        {
            int[] rows = Shuffled(labels, label, random);
            if (rows.Length < 2)
            {
                throw new UserError(
                    $"Only {rows.Length} row has the {(label ? "positive" : "negative")} label, so none can be held out for testing; " +
                    "say --test-fraction 0.");
            }
            int count = Math.Clamp((int)Math.Round(fraction * rows.Length), 1, rows.Length - 1);
            foreach (int row in rows.AsSpan(0, count))
                heldOut[row] = true;
        }
        return heldOut;
    }

    /// <summary>Gives each labelled row one of the folds 0 to folds - 1; the others -1.</summary>
    /// <exception cref="UserError">A label has fewer rows than there are folds.</exception>
    public static int[] Folds(bool?[] labels, int folds, int seed)
    {
        int[] foldByRow = new int[labels.Length];
        Array.Fill(foldByRow, -1);
        Random random = new(seed);
        int next = 0;
        foreach (bool label in (bool[])[false, true])
        {
            int[] rows = Shuffled(labels, label, random);
            if (rows.Length < folds)
            {
                string which = label ? "positive" : "negative";
                throw new UserError($"{folds} folds need at least {folds} rows of each label; the {which} one has {rows.Length}.");
            }
            foreach (int row in rows)
                foldByRow[row] = next++ % folds;
        }
        return foldByRow;
    }

    private static int[] Shuffled(bool?[] labels, bool label, Random random)
    {
        int[] rows = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == label)];
        random.Shuffle(rows);
        return rows;
    }
}
