using System.Globalization;

namespace MlNetShallowNet.Cluster.Grains;

/// <summary>Which member of which training, as the key of a grain: TRAINING/MEMBER, or TRAINING/MEMBER/WORKER of one that is trained on a certain worker.</summary>
/// <param name="Training">The training's name.</param>
/// <param name="Member">The member's number.</param>
/// <param name="Worker">The worker's name; null for any.</param>
internal sealed record MemberKey(string Training, int Member, string? Worker = null)
{
    public static MemberKey Parse(string text)
    {
        string[] parts = text.Split('/', 3);
        return new MemberKey(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), parts.Length > 2 ? parts[2] : null);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Training}/{Member}{(Worker is null ? "" : "/")}{Worker}");
}
