using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.ML;
using MlNetShallowNet.Sources;
using ParquetSharp;
using ParquetSharp.Schema;

namespace MlNetShallowNet.SourcesTests.Parquet;

/// <summary>Each type that a Parquet file has comes as the type of ML.NET that holds it, with its missing values.</summary>
public sealed class ParquetTypeTests : Folder
{
    private static readonly DateTime _noon = new(2024, 5, 14, 12, 30, 15, DateTimeKind.Utc);

    private RowPart Part(params ParquetFile.Values[] columns) => Assert.Single(ParquetRows.Files(ParquetFile.Write(PathOf("t.parquet"), 2, 2, columns)));

    [Fact]
    public void NumbersAreSingleOrDouble()
    {
        RowPart part = Part(
            ParquetFile.Of("half", [(Half)0.5, (Half)(-2)]),
            ParquetFile.Of("single", [0.1f, -1e30f]),
            ParquetFile.Of("double", [0.1, -1e300]),
            ParquetFile.Of("tiny", new sbyte[] { -128, 127 }),
            ParquetFile.Of("byte", new byte[] { 0, 255 }),
            ParquetFile.Of("short", new short[] { -32768, 32767 }),
            ParquetFile.Of("ushort", new ushort[] { 0, 65535 }),
            ParquetFile.Of("int", [int.MinValue, int.MaxValue]),
            ParquetFile.Of("uint", [0u, uint.MaxValue]),
            ParquetFile.Of("long", [-(1L << 53), 1L << 53]),
            ParquetFile.Of("ulong", [0UL, 1UL << 63]),
            ParquetFile.Of("decimal", [1.25m, -3.75m], LogicalType.Decimal(20, 3)));
        Assert.Equal(
            ["half Single", "single Single", "double Double", "tiny Double", "byte Double", "short Double", "ushort Double", "int Double", "uint Double",
                "long Double", "ulong Double", "decimal Double"],
            part.Columns());
        Assert.Equal([0.5f, -2], part.Values<float>("half"));
        Assert.Equal([0.1f, -1e30f], part.Values<float>("single"));
        Assert.Equal([0.1, -1e300], part.Values<double>("double"));
        Assert.Equal([-128, 127], part.Values<double>("tiny"));
        Assert.Equal([0, 255], part.Values<double>("byte"));
        Assert.Equal([-32768, 32767], part.Values<double>("short"));
        Assert.Equal([0, 65535], part.Values<double>("ushort"));
        Assert.Equal([int.MinValue, int.MaxValue], part.Values<double>("int"));
        Assert.Equal([0, uint.MaxValue], part.Values<double>("uint"));
        Assert.Equal([-9007199254740992, 9007199254740992], part.Values<double>("long"));
        Assert.Equal([0, 9223372036854775808], part.Values<double>("ulong"));
        Assert.Equal([1.25, -3.75], part.Values<double>("decimal"));
    }

    [Fact]
    public void OthersAreWhatTheyAre()
    {
        Guid id = Guid.NewGuid();
        RowPart part = Part(
            ParquetFile.Of("flag", [true, false]),
            ParquetFile.Of("millis", [_noon, _noon.AddMilliseconds(7)], LogicalType.Timestamp(true, TimeUnit.Millis)),
            ParquetFile.Of("micros", [_noon, _noon.AddTicks(70)], LogicalType.Timestamp(true, TimeUnit.Micros)),
            ParquetFile.Of("nanos", [new DateTimeNanos(_noon), new DateTimeNanos(_noon.AddTicks(7))]),
            ParquetFile.Of("day", [new Date(1969, 12, 31), new Date(2024, 2, 29)]),
            ParquetFile.Of("time", [TimeSpan.FromHours(1), TimeSpan.FromMilliseconds(5)], LogicalType.Time(true, TimeUnit.Millis)),
            ParquetFile.Of("id", [id, Guid.Empty]),
            ParquetFile.Of("word", ["naïve", "Größe \"x\", y"]));
        Assert.Equal(
            ["flag Boolean", "millis DateTime", "micros DateTime", "nanos DateTime", "day DateTime", "time TimeSpan", "id String", "word String"], part.Columns());
        Assert.Equal([true, false], part.Values<bool>("flag"));
        Assert.Equal([_noon, _noon.AddMilliseconds(7)], part.Values<DateTime>("millis"));
        Assert.Equal([_noon, _noon.AddTicks(70)], part.Values<DateTime>("micros"));
        Assert.Equal([_noon, _noon.AddTicks(7)], part.Values<DateTime>("nanos"));
        Assert.Equal([new DateTime(1969, 12, 31), new DateTime(2024, 2, 29)], part.Values<DateTime>("day"));
        Assert.Equal([TimeSpan.FromHours(1), TimeSpan.FromMilliseconds(5)], part.Values<TimeSpan>("time"));
        Assert.Equal([id.ToString(), Guid.Empty.ToString()], part.Texts("id"));
        Assert.Equal(["naïve", "Größe \"x\", y"], part.Texts("word"));
    }

    [Fact]
    public void NumbersOfManyDigitsAreThoseOfTheirText()
    {
        decimal[] values = [0.3333333333333333333333333333m, 0.00000000000000123456789m];
        Assert.Equal([0.3333333333333333, 1.23456789e-15], Part(ParquetFile.Of("d", values, LogicalType.Decimal(28, 28))).Values<double>("d"));
    }

    [Theory]
    [InlineData(TimeUnit.Millis, long.MaxValue)]
    [InlineData(TimeUnit.Millis, 253_402_300_800_000)] // the year 10000
    [InlineData(TimeUnit.Micros, 253_402_300_800_000_000)]
    [InlineData(TimeUnit.Micros, 1_844_674_407_370_955_162 + 1_715_680_000_000_000)] // 2024 if it overflows
    [InlineData(TimeUnit.Micros, long.MinValue)]
    public void TimestampsThatAreNoneOfDotNetAreNamed(TimeUnit unit, long stored)
    {
        using (ParquetFileWriter file = new(PathOf("t.parquet"), [new Column<DateTime>("until", LogicalType.Timestamp(true, unit))]))
        {
            using RowGroupWriter group = file.AppendRowGroup();
            ((ColumnWriter<long>)group.NextColumn()).WriteBatch([0, stored]);
            file.Close();
        }
        Beyond("until");
    }

    [Fact]
    public void DatesThatAreNoneOfDotNetAreNamed()
    {
        Part(ParquetFile.Of("day", [new Date(0), new Date(3_000_000)]), ParquetFile.Of("old", [new Int96(0, 0, 2_440_588), new Int96(0, 0, 9_000_000)]));
        Beyond("day");
        Beyond("old");
    }

    private void Beyond(string column) => Assert.Equal(
        $"{PathOf("t.parquet")}, row 2: column '{column}' holds a date outside of the years 1 to 9999; write it as missing there, or the column as text or numbers.",
        Assert.Throws<InvalidDataException>(() => ParquetRows.Files(PathOf("t.parquet")).Single().Values<DateTime>(column)).Message);

    [Theory]
    [InlineData(Repetition.Required)]
    [InlineData(Repetition.Optional)]
    public void WordsOfAGivenListAreTexts(Repetition repetition)
    {
        using (GroupNode schema = new("schema", Repetition.Required, [new PrimitiveNode("kind", repetition, LogicalType.Enum(), PhysicalType.ByteArray)]))
        using (WriterProperties properties = new WriterPropertiesBuilder().Build())
        using (ParquetFileWriter file = new(PathOf("t.parquet"), schema, properties))
        {
            using RowGroupWriter group = file.AppendRowGroup();
            byte[] word = [.. "red"u8];
            GCHandle pinned = GCHandle.Alloc(word, GCHandleType.Pinned);
            ByteArray stored = new(pinned.AddrOfPinnedObject(), word.Length);
            ColumnWriter<ByteArray> column = (ColumnWriter<ByteArray>)group.NextColumn();
            if (repetition == Repetition.Required)
                column.WriteBatch([stored, stored]);
            else
                column.WriteBatch(2, [1, 0], [], [stored]);
            pinned.Free();
            file.Close();
        }
        Assert.Equal(["red", repetition == Repetition.Required ? "red" : ""], ParquetRows.Files(PathOf("t.parquet")).Single().Texts("kind"));
    }

    [Fact]
    public void AnUnknownTypeIsRefusedByName()
    {
        using (GroupNode schema = new("schema", Repetition.Required, [new PrimitiveNode("hash", Repetition.Required, LogicalType.None(), PhysicalType.FixedLenByteArray, 5)]))
        using (WriterProperties properties = new WriterPropertiesBuilder().Build())
        using (ParquetFileWriter file = new(PathOf("t.parquet"), schema, properties))
            file.Close();
        string message = Assert.Throws<InvalidDataException>(() => ParquetRows.Files(PathOf("t.parquet")).Single().Load(new MLContext())).Message;
        Assert.StartsWith($"{PathOf("t.parquet")}: column 'hash' is of type FixedLenByteArray (", message, StringComparison.Ordinal);
    }

    [Fact]
    public void OldTimestampsAreTimes()
    {
        // 2024-05-14 12:30:15: the nanoseconds of the day, and the Julian day 2,460,445.
        long nanoseconds = _noon.TimeOfDay.Ticks * 100;
        Int96 stored = new((int)(nanoseconds & 0xFFFFFFFF), (int)(nanoseconds >> 32), 2_460_445);
        Assert.Equal([_noon, _noon], Part(ParquetFile.Of("t", [stored, stored])).Values<DateTime>("t"));
    }

    [Fact]
    public void MissingNumbersAreNaNAndMissingWordsEmpty()
    {
        RowPart part = Part(
            ParquetFile.Of("single", [null, (float?)0.5f]),
            ParquetFile.Of("double", [0.5, (double?)null]),
            ParquetFile.Of("int", [null, (int?)7]),
            ParquetFile.Of("decimal", [null, (decimal?)7.5m], LogicalType.Decimal(9, 2)),
            ParquetFile.Of("word", [null!, "x"]));
        Assert.Equal([float.NaN, 0.5f], part.Values<float>("single"));
        Assert.Equal([0.5, double.NaN], part.Values<double>("double"));
        Assert.Equal([double.NaN, 7], part.Values<double>("int"));
        Assert.Equal([double.NaN, 7.5], part.Values<double>("decimal"));
        Assert.Equal(["", "x"], part.Texts("word"));
    }

    [Fact]
    public void WhatMlNetCannotMissIsAnErrorWithItsRowWhenItIsRead()
    {
        RowPart part = Part(
            ParquetFile.Of("flag", [true, (bool?)null]),
            ParquetFile.Of("when", [_noon, (DateTime?)null]),
            ParquetFile.Of("x", [1f, 2f]));
        Assert.Equal([1f, 2f], part.Values<float>("x"));
        string message = Assert.Throws<InvalidDataException>(() => part.Values<bool>("flag")).Message;
        Assert.StartsWith($"{PathOf("t.parquet")}, row 2: column 'flag' has no value", message, StringComparison.Ordinal);
        Assert.Contains("DateTime cannot be missing", Assert.Throws<InvalidDataException>(() => part.Values<DateTime>("when")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ItIsSaidOnceWhereDigitsAreLost()
    {
        const long beyond = (1L << 53) + 1;
        RowPart part = Part(
            ParquetFile.Of("kept", [1L << 60, 5L]),
            ParquetFile.Of("id", [beyond, beyond + 2]),
            ParquetFile.Of("largest", [long.MaxValue, 0L]),
            ParquetFile.Of("price", [0.1m, 12345678901234.5678m], LogicalType.Decimal(28, 4)),
            ParquetFile.Of("exact", [0.1m, 123456789012345m], LogicalType.Decimal(28, 4)));
        (MLContext context, ConcurrentQueue<string> warnings) = Views.Listening();
        IDataView view = part.Load(context);
        foreach (string column in (string[])["kept", "id", "largest", "price", "exact", "id"])
            Views.Values<double>(view, column);
        Assert.Collection(
            warnings,
            first => Assert.Contains("row 1: 9007199254740993 in column 'id' has more digits", first, StringComparison.Ordinal),
            second => Assert.Contains("row 1: 9223372036854775807 in column 'largest'", second, StringComparison.Ordinal),
            third => Assert.Contains("row 2: 12345678901234.5678 in column 'price'", third, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tags", "nested")]
    [InlineData("picture", "of type ByteArray")]
    public void WhatHasNoPlaceInATableIsRefusedByNameUnlessItIsLeftOut(string refused, string why)
    {
        ParquetFile.Values column = refused == "tags" ? ParquetFile.Of("tags", new int[][] { [1, 2], [] }) : ParquetFile.Of("picture", new byte[][] { [1], [2] });
        RowPart part = Part(ParquetFile.Of("x", [1f, 2f]), column);
        string message = Assert.Throws<InvalidDataException>(() => part.Load(new MLContext())).Message;
        Assert.StartsWith($"{PathOf("t.parquet")}: column '{refused}' is {why}", message, StringComparison.Ordinal);
        Assert.Equal([1f, 2f], ParquetRows.Files(PathOf("t.parquet"), "x").Single().Values<float>("x"));
    }
}
