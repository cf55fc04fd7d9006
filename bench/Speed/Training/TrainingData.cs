using System.Runtime.InteropServices;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Bench.Training;

/// <summary>Rows as <c>peers/data.py</c> writes them.</summary>
internal static class TrainingData
{
    public static TrainingRows Read(Configuration configuration, string folder)
    {
        float[] y = Read<float>(folder, "y.f32");
        return configuration.IsSparse
            ? new SparseRows(
                configuration.Features, Read<int>(folder, "starts.i32"), Read<int>(folder, "indices.i32"),
                Read<float>(folder, "values.f32"), y)
            : new DenseRows(configuration.Features, Read<float>(folder, "x.f32"), y);
    }

    /// <summary>All numbers of a file.</summary>
    public static T[] Read<T>(string folder, string name) where T : struct
    {
        string path = Path.Combine(folder, name);
        var numbers = new T[new FileInfo(path).Length / Marshal.SizeOf<T>()];
        using FileStream file = File.OpenRead(path);
        file.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }
}
