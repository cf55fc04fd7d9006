namespace MlNetShallowNet.Engine;

/// <summary>
/// Numbers whose first lies at the beginning of a cache line, so that vectors do not straddle two. They stay where they are.
/// </summary>
internal sealed class AlignedFloats
{
    private const int Line = 64 / sizeof(float);

    private readonly float[] _room;
    private readonly int _start;

    public AlignedFloats(int length)
    {
        _room = GC.AllocateArray<float>(checked(length + Line), pinned: true);
        nint past = Marshal.UnsafeAddrOfPinnedArrayElement(_room, 0) % (Line * sizeof(float));
        _start = past == 0 ? 0 : Line - (int)past / sizeof(float);
        Length = length;
    }

    public int Length { get; }

    public ref float this[int index] => ref Span[index];

    public Span<float> Span => _room.AsSpan(_start, Length);

    /// <summary>The first number, for kernels that reach the others from it.</summary>
    public ref float First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_room), _start);
    }

    public Span<float> AsSpan(int start, int length) => Span.Slice(start, length);
}
