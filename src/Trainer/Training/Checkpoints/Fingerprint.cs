using System.Numerics;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>A number that depends on every bit of what is added, and on the order: other rows have, but for a chance of 2⁻⁶⁴, another.</summary>
internal sealed class Fingerprint
{
    private const int AtOnce = 1 << 20; // a span of bytes may have no more than 2³¹ of them; whole words

    private ulong _state = RowHash.Odd;

    public string Text => $"{_state:x16}";

    public Fingerprint Add<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        Mix((ulong)values.Length * (ulong)Unsafe.SizeOf<T>());
        for (; values.Length > AtOnce; values = values[AtOnce..])
            AddBytes(MemoryMarshal.AsBytes(values[..AtOnce]));
        return AddBytes(MemoryMarshal.AsBytes(values));
    }

    private Fingerprint AddBytes(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
            Mix(word);
        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..])
            Mix(rest);
        return this;
    }

    public Fingerprint Add(TrainingRows rows)
    {
        if (rows is SparseRows sparse)
        {
            int end = sparse.RowStarts[rows.Count];
            Add<int>(sparse.RowStarts.AsSpan(0, rows.Count + 1)).Add<int>(sparse.Indices.AsSpan(0, end)).Add<float>(sparse.Values.AsSpan(0, end));
        }
        else
        {
            Add<float>(((DenseRows)rows).Values);
        }
        return Add<float>(rows.Labels).Add<float>(rows.Weights ?? []);
    }

    // Each step can be undone, so words that differ in one place never give the same.
    private void Mix(ulong word)
    {
        ulong mixed = (_state ^ word) * RowHash.Odd;
        _state = BitOperations.RotateLeft(mixed ^ (mixed >> 32), 29);
    }
}
