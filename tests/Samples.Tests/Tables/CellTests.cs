using System.Globalization;
using Microsoft.ML;
using MlNetShallowNet.Samples.Tables;
using MlNetShallowNet.Samples.Training;

namespace MlNetShallowNet.SamplesTests.Tables;

/// <summary>From fields to numbers.</summary>
public sealed class CellTests
{
    [Fact]
    public void EveryMarkOfAMissingValueIsListed()
    {
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "tables.md"));
        foreach (string mark in MissingMark.All.Concat(MissingMark.Infinities))
        {
            Assert.True(MissingMark.Is(mark) && MissingMark.Is(mark.ToUpperInvariant()) && MissingMark.Is(mark.ToLowerInvariant()), mark);
            Assert.Contains($"`{mark}`", page, StringComparison.Ordinal);
        }
        Assert.False(MissingMark.Is("0") || MissingMark.Is("no") || MissingMark.Is("nada"));
    }

    [Fact]
    public void DigitsWithAPointAreRoundedCorrectly()
    {
        Random random = new(11);
        string[] odd = [".", "-", "-.", "1.2.3", "1-2", "--1", "5.", ".5", "-.5", "-0", "-0.000", "000000000000001", "9007199254740993", "0.1234567890123456", "123456789012345", "1e5", "+3"];
        IEnumerable<string> made = Enumerable.Range(0, 20_000).Select(_ =>
        {
            string digits = string.Concat(Enumerable.Range(0, random.Next(1, 18)).Select(_ => (char)('0' + random.Next(10))));
            return (random.Next(2) == 0 ? "-" : "") + (random.Next(4) == 0 ? digits : digits.Insert(random.Next(digits.Length + 1), "."));
        });
        foreach (string text in odd.Concat(made))
        {
            bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double expected);
            Assert.Equal((text, isNumber), (text, NumberText.TryParse(text, out double number)));
            Assert.Equal((text, BitConverter.DoubleToInt64Bits(expected)), (text, BitConverter.DoubleToInt64Bits(number)));
        }
    }

    [Theory]
    [InlineData("1,234.50", CellFormat.Number, 1234.5)]
    [InlineData("1,234,567", CellFormat.Number, 1234567)]
    [InlineData("12,34,567.5", CellFormat.Number, 1234567.5)]
    [InlineData("$1,234.50", CellFormat.Number, 1234.5)]
    [InlineData("-$5", CellFormat.Number, -5)]
    [InlineData("$-5", CellFormat.Number, -5)]
    [InlineData("($1,234.50)", CellFormat.Number, -1234.5)]
    [InlineData("USD 12", CellFormat.Number, 12)]
    [InlineData("12 \u20AC", CellFormat.Number, 12)]
    [InlineData("$.50", CellFormat.Number, 0.5)]
    [InlineData("Rs.500", CellFormat.Number, 500)]
    [InlineData("Rs. 1,200.50", CellFormat.Number, 1200.5)]
    [InlineData("-Rs.1200", CellFormat.Number, -1200)]
    [InlineData("kr.500", CellFormat.Number, 500)]
    [InlineData("500 kr.", CellFormat.Number, 500)]
    [InlineData("1.234,50 kr.", CellFormat.DecimalComma, 1234.5)]
    [InlineData("1 234.5", CellFormat.Number, 1234.5)]
    [InlineData("1\u00A0234", CellFormat.Number, 1234)]
    [InlineData("1'234'567.8", CellFormat.Number, 1234567.8)]
    [InlineData("\u22121.9", CellFormat.Number, -1.9)]
    [InlineData("\u20131.9", CellFormat.Number, -1.9)]
    [InlineData("5-", CellFormat.Number, -5)]
    [InlineData("+7", CellFormat.Number, 7)]
    [InlineData("0,5", CellFormat.DecimalComma, 0.5)]
    [InlineData("1.234,50", CellFormat.DecimalComma, 1234.5)]
    [InlineData("1.234", CellFormat.DecimalComma, 1234)]
    [InlineData("-1.234,5 \u20AC", CellFormat.DecimalComma, -1234.5)]
    [InlineData("3%", CellFormat.Percent, 0.03)]
    [InlineData("-12.5 %", CellFormat.Percent, -0.125)]
    [InlineData("12,5%", CellFormat.PercentComma, 0.125)]
    [InlineData("1970-01-02", CellFormat.IsoDate, 1)]
    [InlineData("1970-01-01T12:00:00Z", CellFormat.IsoDate, 0.5)]
    [InlineData("1970-01-01 06:00:00.000+02:00", CellFormat.IsoDate, 0.25)]
    [InlineData("1969/12/31", CellFormat.IsoDate, -1)]
    [InlineData("02.01.1970", CellFormat.DayFirstDate, 1)]
    [InlineData("2/1/1970 12:00", CellFormat.DayFirstDate, 1.5)]
    [InlineData("1/2/1970", CellFormat.MonthFirstDate, 1)]
    [InlineData("1/2/1970 6:00 PM", CellFormat.MonthFirstDate, 1.75)]
    [InlineData("2 Jan 1970", CellFormat.NamedDate, 1)]
    [InlineData("02-JAN-1970", CellFormat.NamedDate, 1)]
    [InlineData("January 2, 1970", CellFormat.NamedDate, 1)]
    [InlineData("13:30", CellFormat.Time, 13.5)]
    public void ANumberIsReadAsItIsWritten(string field, object format, double expected)
    {
        Assert.True(((CellFormat)format).TryRead(field, out double number), field);
        Assert.Equal(expected, number, 1e-12 * Math.Max(1, Math.Abs(expected)));
    }

    [Theory]
    [InlineData("1,2,3")]
    [InlineData("12,34")]
    [InlineData("0,123,456")]
    [InlineData("1,234,56")]
    [InlineData("--5")]
    [InlineData("(5")]
    [InlineData("$")]
    [InlineData("5 kg")]
    [InlineData("1 2")]
    [InlineData("0x1F")]
    [InlineData("1e5e")]
    [InlineData("A12")]
    public void WhatIsNoNumberIsNone(string field) => Assert.False(CellFormat.Number.TryRead(field, out _), field);

    [Theory]
    [InlineData("31.02.2024")]
    [InlineData("2024-13-01")]
    [InlineData("12-34-56-78")]
    [InlineData("555-1234")]
    public void WhatIsNoDateIsNone(string field) => Assert.All(
        CellFormats.All.Where(format => format.IsDate()), format => Assert.False(format.TryRead(field, out _), $"{field} {format}"));

    [Theory]
    [InlineData("75", "75.0", "7.5e1", "075", "+75")]
    [InlineData("0", "-0", "0.00", "-0.0", "0e5")]
    public void TheSameNumberIsTheSameCategory(params string[] fields) =>
        Assert.Single(fields.Select(field => NumberText.Category(field)).Distinct());

    [Fact]
    public void LongNumbersStayDifferentCategories() =>
        Assert.NotEqual(NumberText.Category("12345678901234567"), NumberText.Category("12345678901234568"));

    [Fact]
    public void NumbersAreTheRuntimesOwn()
    {
        Random random = new(3);
        for (int i = 0; i < 20_000; i++)
        {
            string text = BitConverter.Int64BitsToDouble(random.NextInt64()).ToString("R", CultureInfo.InvariantCulture);
            if (char.IsAsciiDigit(text[^1]))
            {
                Assert.True(NumberText.TryParse(text, out double number), text);
                Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), number);
            }
        }
    }

    [Theory]
    [InlineData("1/2/2024 1/3/2024 1/31/2024", CellFormat.MonthFirstDate)]
    [InlineData("1/2/2024 1/3/2024 31/1/2024", CellFormat.DayFirstDate)]
    [InlineData("0,5 1,234 2,1", CellFormat.DecimalComma)]
    [InlineData("1.234,5 1.234 5.678", CellFormat.DecimalComma)]
    [InlineData("1,234 1,234.5 3", CellFormat.Number)]
    [InlineData("3% 4% 5", CellFormat.Percent)]
    [InlineData("3 4 5.5", CellFormat.Number)]
    public void AColumnIsReadAsMostOfItCanBe(string fields, object format)
    {
        ColumnProfile column = new("x", 0);
        foreach (string field in fields.Split(' '))
            column.Add(field, 1);
        column.Decide(asked: null, prefersComma: false);
        Assert.Equal((CellFormat)format, column.Format);
    }

    [Theory]
    [InlineData("4,083% 3,034%", true, CellFormat.PercentComma)]
    [InlineData("4,083% 3,034%", false, CellFormat.Percent)]
    [InlineData("4,083% 3.5%", true, CellFormat.Percent)]
    [InlineData("4,083 $3,034", true, CellFormat.DecimalComma)]
    public void SemicolonsBetweenFieldsTellWhatACommaIs(string fields, bool prefersComma, object format)
    {
        ColumnProfile column = new("x", 0);
        foreach (string field in fields.Split(' '))
            column.Add(field, 1);
        column.Decide(asked: null, prefersComma);
        Assert.Equal((CellFormat)format, column.Format);
    }

    [Fact]
    public void PartsOfDatesAreTheRuntimesOwnInExpressionsToo()
    {
        MLContext ml = new(1);
        double[] days = [.. Enumerable.Range(0, 4000).Select(i => -30_000 + i * 20.37)];
        IDataView dates = ml.Data.LoadFromEnumerable(days.Select(day => new Day { D = day }));
        for (int part = 0; part < DateParts.All.Count; part++)
        {
            IDataView parts = ml.Transforms.Expression("P", DateParts.All[part].Expression, "D").Fit(dates).Transform(dates);
            double[] found = [.. Microsoft.ML.Data.ColumnCursorExtensions.GetColumn<double>(parts, "P")];
            for (int i = 0; i < days.Length; i++)
            {
                DateTime date = DateTime.UnixEpoch.AddDays(days[i]);
                double expected = part switch { 0 => date.Year, 1 => date.Month, 2 => date.Day, 3 => ((int)date.DayOfWeek + 6) % 7 + 1, _ => date.TimeOfDay.TotalHours };
                Assert.Equal(expected, found[i], 1e-6);
                Assert.Equal(expected, DateParts.Of(days[i])[part], 1e-6);
            }
        }
    }

    private sealed class Day
    {
        public double D { get; set; }
    }
}
