namespace MlNetShallowNet.Training;

/// <summary>All that changes in the course of a training run: what follows from rows and options is not in it.</summary>
/// <param name="members">The networks.</param>
/// <param name="silent">Which columns occurred; null where nobody asks.</param>
/// <param name="data">The rows.</param>
/// <param name="settings">Where it is kept, if anywhere.</param>
internal sealed class RunState(MemberTraining?[] members, SilentColumns? silent, TrainingData data, TrainingSettings settings)
{
    private LinearMember? _line;
    private TreeMember? _trees;

    /// <summary>Brings back what was kept.</summary>
    public void Restore() => settings.Checkpoint?.Read(Exchange);

    /// <summary>Keeps the state at the end of an epoch of all members, when it is time.</summary>
    public void EndEpoch()
    {
        if (settings.Checkpoint is { IsDue: true })
            Keep();
    }

    /// <summary>Keeps the state. One that was cut short stays as it was kept before: some members may be further than others.</summary>
    public void Keep()
    {
        if (!settings.CancellationToken.IsCancellationRequested)
            settings.Checkpoint?.Write(Exchange);
    }

    /// <summary>The logistic regression: that which was kept, or this.</summary>
    public LinearMember Line(Func<LinearMember> fit) => Kept(ref _line, fit);

    /// <summary>The trees: those which were kept, or these.</summary>
    public TreeMember Trees(Func<TreeMember> fit) => Kept(ref _trees, fit);

    private T Kept<T>(ref T? member, Func<T> fit) where T : class
    {
        if (member is null)
        {
            member = fit();
            Keep();
        }
        return member;
    }

    private void Exchange(StateExchange state)
    {
        foreach (MemberTraining? member in members)
            member!.Exchange(state);
        silent?.Exchange(state);
        if (state.Value(_line is not null))
            _line = LinearMember.Exchange(state, _line, data);
        if (state.Value(_trees is not null))
            _trees = TreeMember.Exchange(state, _trees, data);
    }
}
