using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.MlNetTests.Differential;

/// <summary>Rows with a column of every type, whose names are ML.NET's short names of the numbers: I4 is Int32, R8 is Double.</summary>
internal static class TypedRows
{
    public static IDataView Seen(MLContext ml) => ml.Data.LoadFromEnumerable(_seen);

    public static IDataView Unseen(MLContext ml) => ml.Data.LoadFromEnumerable(_unseen);

    private static readonly Row[] _seen =
    [
        new() { I1 = 1, U1 = 200, I2 = -300, U2 = 60000, I4 = 7, U4 = 4000000000, I8 = -5000000000, U8 = 18000000000000000000, R4 = 1.5f,
            R8 = 1e10, Flag = true, Text = "b", Key = 0, Vector = [1, 0, float.NaN] },
        new() { I1 = -100, U1 = 0, I2 = 5, U2 = 1, I4 = -7, U4 = 2, I8 = 3, U8 = 4, R4 = float.NaN, R8 = -2.25, Text = "1", Key = 2, Date = DateTime.MinValue,
            Vector = [0, 0, 0] },
        new() { I1 = 1, U1 = 7, I4 = 2000000000, R4 = -0f, R8 = double.NaN, Flag = true, Text = "B", Key = 1, Vector = [2, 0, 5] },
        new() { U1 = 200, I2 = 5, R4 = float.PositiveInfinity, R8 = 3, Text = "true", Key = 3, Vector = [3, 0, -4] },
        new() { I1 = 1, R4 = 40, R8 = 3, Flag = true, Text = "", Key = 0, Vector = [1, 0, float.NegativeInfinity] },
        new() { I1 = 2, R4 = 1.5f, R8 = 0.1, Text = "-2.5", Key = 7, Vector = [7, 0, 0.5f] },
    ];

    private static readonly Row[] _unseen =
    [
        new() { I1 = 3, U1 = 1, I2 = 1, U2 = 2, I4 = 3, U4 = 5, I8 = 6, U8 = 8, R4 = 3, R8 = 4, Text = "ß", Key = 1, Vector = [9, 9, 9] },
        new() { I1 = 1, R4 = -7, R8 = -1e300, Flag = true, Text = " b", Key = 2, Vector = [-1, float.NaN, 1] },
    ];

    private sealed class Row
    {
        public sbyte I1 { get; set; }
        public byte U1 { get; set; }
        public short I2 { get; set; }
        public ushort U2 { get; set; }
        public int I4 { get; set; }
        public uint U4 { get; set; }
        public long I8 { get; set; }
        public ulong U8 { get; set; }
        public float R4 { get; set; }
        public double R8 { get; set; }
        public bool Flag { get; set; }
        public string Text { get; set; } = "";
        public DateTime Date { get; set; } = new(2024, 2, 29, 13, 5, 7);
        [KeyType(4)]
        public uint Key { get; set; }
        [VectorType(3)]
        public float[] Vector { get; set; } = [];
    }
}
