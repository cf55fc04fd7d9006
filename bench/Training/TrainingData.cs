using System.Runtime.InteropServices;
using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Bench.Training;

/// <summary>Rows as <c>peers/data.py</c> writes them.</summary>
internal static class TrainingData
{
    public static TrainingRows Read(Configuration configuration, string folder)
    {
        float[] y = Read<float>("y.f32");
        return configuration.IsSparse
            ? new SparseRows(configuration.Features, Read<int>("starts.i32"), Read<int>("indices.i32"), Read<float>("values.f32"), y)
            : new DenseRows(configuration.Features, Read<float>("x.f32"), y);

        T[] Read<T>(string name) where T : struct
        {
            string path = Path.Combine(folder, name);
            var numbers = new T[new FileInfo(path).Length / Marshal.SizeOf<T>()];
            using FileStream file = File.OpenRead(path);
            Span<byte> bytes = MemoryMarshal.AsBytes(numbers.AsSpan());
            file.ReadExactly(bytes);
            return numbers;
        }
    }
}
