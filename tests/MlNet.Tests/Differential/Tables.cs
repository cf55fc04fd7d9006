using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetShallowNet.MlNetTests.Differential;

/// <summary>The data that the scenarios use.</summary>
internal static class Tables
{
    public static IDataView Small(MLContext ml, bool unseen = false) => ml.Data.LoadFromEnumerable(unseen ? UnseenRows : SmallRows);

    public static IDataView BreastCancer(MLContext ml) => ml.Data.LoadFromEnumerable(Read("breast-cancer.csv").Select(cells => new Tumour
    {
        Features = [.. cells[..^1].Select(Number)],
        Label = cells[^1] == "1",
    }).ToArray());

    public static IDataView Churn(MLContext ml) => ml.Data.LoadFromEnumerable(Read("telco-churn.csv").Select(cells => new Customer
    {
        Tenure = Number(cells[4]),
        MonthlyCharges = Number(cells[17]),
        TotalCharges = Number(cells[18]),
        Contract = cells[14],
        InternetService = cells[7],
        PaymentMethod = cells[16],
        Label = cells[^1] == "1",
    }).ToArray());

    private static readonly Row[] SmallRows =
    [
        new() { Text = "red", Number = 1, Vector = [1, 0, 0, 0, float.NaN], Double = 0.5, Flag = true, Words = ["a", "b"], Key = 0,
            Label = true },
        new() { Text = "blue", Number = float.NaN, Vector = [0, 2, 0, 0, 0], Double = -3, Flag = false, Words = ["b", ""], Key = 2,
            Label = false },
        new() { Text = "", Number = -2.5f, Vector = [3, 2, 1, 0, 5], Double = double.NaN, Flag = true, Words = ["c", "c"], Key = 1,
            Label = true },
        new() { Text = "Red", Number = 40, Vector = [0, 0, 0, 0, 0], Double = 7, Flag = false, Words = ["a", "a"], Key = 9, Label = false },
        new() { Text = "red", Number = 0, Vector = [0.25f, 1, -1, 0, 2], Double = 1e10, Flag = true, Words = ["d", "b"], Key = 0,
            Label = false },
    ];

    private static readonly Row[] UnseenRows =
    [
        new() { Text = "grün", Number = 3, Vector = [9, 9, 9, 9, 9], Double = 2, Flag = true, Words = ["x", "a"], Key = 3, Label = true },
        new() { Text = "RED", Number = float.PositiveInfinity, Vector = [0, 0, 0, 0, 1], Double = -1, Flag = false, Words = ["", "y"],
            Key = 1, Label = false },
    ];

    private static IEnumerable<string[]> Read(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", file)).Skip(1).Select(line => line.Split(','));

    private static float Number(string cell) => cell.Length == 0 ? float.NaN : float.Parse(cell, CultureInfo.InvariantCulture);

    public sealed class Row
    {
        public string Text { get; set; } = "";
        public float Number { get; set; }
        [VectorType(5)]
        public float[] Vector { get; set; } = [];
        public double Double { get; set; }
        public bool Flag { get; set; }
        [VectorType(2)]
        public string[] Words { get; set; } = [];
        [KeyType(4)]
        public uint Key { get; set; }
        public bool Label { get; set; }
    }

    private sealed class Tumour
    {
        [VectorType(30)]
        public float[] Features { get; set; } = [];
        public bool Label { get; set; }
    }

    private sealed class Customer
    {
        public float Tenure { get; set; }
        public float MonthlyCharges { get; set; }
        public float TotalCharges { get; set; }
        public string Contract { get; set; } = "";
        public string InternetService { get; set; } = "";
        public string PaymentMethod { get; set; } = "";
        public bool Label { get; set; }
    }
}
