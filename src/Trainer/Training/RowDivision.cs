using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>Which rows each member leaves out: a part of its own, by which its epochs are judged.</summary>
internal abstract class RowDivision
{
    /// <summary>A member leaves out no more rows than this: they judge an epoch well enough, and are missed in training.</summary>
    public const int MostLeftOut = 16_384;

    /// <summary>The prepared rows that members left out, with the row numbers in <see cref="LeftOut"/>; null where none are.</summary>
    public abstract TrainingRows? Judges { get; }

    /// <summary>The rows of <see cref="Judges"/> that a member leaves out.</summary>
    public abstract int[] LeftOut(int member);

    /// <summary>The parts of <see cref="Judges"/> that the first members leave out, for members of other kinds; null where none are.</summary>
    /// <param name="members">How many members there are.</param>
    public abstract HeldOutParts? HeldOut(int members);

    /// <summary>The rows of a block that a member trains on: an array that stays the member's, and how many of it count.</summary>
    public abstract (int[] Rows, int Count) TrainOn(int member, RowBlock block, int[] room);

    /// <summary>Parts for so many rows where a member leaves out a share of them; two at least, for rows must be left to train on.</summary>
    public static int Parts(long rows, double share, int members) =>
        (int)Math.Max(Math.Clamp(Math.Round(1 / share), 2, int.MaxValue / 2), Math.Max(Math.Min(members, 8), rows / MostLeftOut));
}

/// <summary>Nothing is left out.</summary>
internal sealed class NoDivision : RowDivision
{
    public override TrainingRows? Judges => null;

    public override int[] LeftOut(int member) => [];

    public override HeldOutParts? HeldOut(int members) => null;

    public override (int[] Rows, int Count) TrainOn(int member, RowBlock block, int[] room)
    {
        int count = block.Rows.Count;
        if (room.Length < count || member < 0)
            room = new int[count];
        for (int i = 0; i < count; i++)
            room[i] = i;
        return (room, count);
    }
}

/// <summary>Rows in memory, cut into parts that have as many of each class, as nearly as can be; more members than parts go round again, cut anew.</summary>
internal sealed class StratifiedDivision : RowDivision
{
    private readonly TrainingRows _rows;
    private readonly int _parts;
    private readonly int[][] _partByRound;

    /// <param name="rows">The rows.</param>
    /// <param name="share">The share of them that a member leaves out, at most.</param>
    /// <param name="members">How many members there are.</param>
    /// <param name="seed">The seed.</param>
    public StratifiedDivision(TrainingRows rows, double share, int members, int seed)
    {
        (_rows, _parts) = (rows, Parts(rows.Count, share, 1));
        _partByRound = [.. Enumerable.Range(0, (members + _parts - 1) / _parts).Select(round => StratifiedParts.Of(rows, _parts, seed + round))];
    }

    public override TrainingRows? Judges => _rows;

    public override HeldOutParts HeldOut(int members) => new(_partByRound[0], Math.Min(members, _parts));

    public override int[] LeftOut(int member) => Where(member, isLeftOut: true) is { } left && left.Length < _rows.Count ? left : [];

    // Every epoch goes through the same array: its order is that of the last epoch, shuffled on.
    public override (int[] Rows, int Count) TrainOn(int member, RowBlock block, int[] room)
    {
        if (room.Length == 0)
            room = Where(member, isLeftOut: false);
        return room.Length > 0 ? (room, room.Length) : ([0], 1); // a single row is trained on, not left out
    }

    private int[] Where(int member, bool isLeftOut)
    {
        int[] part = _partByRound[member / _parts];
        return [.. Enumerable.Range(0, part.Length).Where(i => part[i] == member % _parts == isLeftOut)];
    }
}

/// <summary>
/// Rows of a stream: a row's part follows from its number. Those that members leave out are few and held in memory.
/// </summary>
internal sealed class HashedDivision : RowDivision
{
    private readonly TrainingRows _judges;
    private readonly int[] _partOfJudge;
    private readonly int _parts, _inUse, _seed;

    /// <param name="judges">Prepared rows, among them all that some member leaves out.</param>
    /// <param name="numbers">Their numbers in the stream.</param>
    /// <param name="parts">How many parts.</param>
    /// <param name="inUse">How many of them, from the first on, members leave out in turn.</param>
    /// <param name="seed">The seed.</param>
    public HashedDivision(TrainingRows judges, long[] numbers, int parts, int inUse, int seed)
    {
        (_judges, _parts, _inUse, _seed) = (judges, parts, inUse, seed);
        _partOfJudge = [.. numbers.Select(PartOf)];
    }

    public override TrainingRows? Judges => _judges;

    public override HeldOutParts HeldOut(int members) => new(_partOfJudge, Math.Min(members, _inUse));

    public override int[] LeftOut(int member) => [.. Enumerable.Range(0, _partOfJudge.Length).Where(i => _partOfJudge[i] == member % _inUse)];

    public override (int[] Rows, int Count) TrainOn(int member, RowBlock block, int[] room)
    {
        if (room.Length < block.Rows.Count)
            room = new int[block.Rows.Count];
        int count = 0, i = 0;
        foreach (RowRun run in block.Runs)
        {
            for (long row = run.First; row < run.First + run.Count; row++, i++)
            {
                if (PartOf(row) != member % _inUse)
                    room[count++] = i;
            }
        }
        return (room, count);
    }

    private int PartOf(long row) => (int)(RowHash.Uniform(row, _seed) * _parts);
}
