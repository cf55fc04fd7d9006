using System.CommandLine;
using System.Text;
using MlNetShallowNet.Samples.Commands.Help;
using MlNetShallowNet.Samples.Generators;
using MlNetShallowNet.Samples.Output;

namespace MlNetShallowNet.Samples.Commands;

/// <summary><c>generate flower</c>: the course's planar flower, as data/planar-flower.csv holds it. <c>generate table</c>: a table of any length.</summary>
internal static class GenerateCommand
{
    private const string Group = "The table that is made";

    public static Command Create()
    {
        Command command = new("generate", "Make a table to try things on.");
        command.Add(Flower());
        command.Add(Table());
        return command;
    }

    private static Command Flower()
    {
        Option<string?> output = Output();
        Option<int?> points = OptionTexts.Number<int>(
            "--points", "How many points [default: 400]", count => count >= 4 && count % 2 == 0, "an even number from 4 up");
        Option<uint?> seed = OptionTexts.Number<uint>(
            "--seed", "Seed of NumPy's generator [default: 1, the course's]", _ => true, "a whole number from 0 up");
        Command flower = new("flower", "The planar flower of the neural-network course: two classes on interleaved petals.");
        flower.AddGroup(Group, output, points, seed);
        flower.SetAction(parse => WriteTo(parse.GetValue(output), stream =>
        {
            using StreamWriter writer = new(stream, new UTF8Encoding(false), leaveOpen: true);
            PlanarFlower.Write(writer, parse.GetValue(points) ?? 400, parse.GetValue(seed) ?? 1);
        }));
        return flower;
    }

    private static Command Table()
    {
        Option<string?> output = Output();
        Option<long?> rows = OptionTexts.Number<long>("--rows", "How many rows [default: 100000]", count => count >= 1, "a whole number of at least 1");
        Option<int?> columns = OptionTexts.Number<int>("--columns", "How many numbers in a row [default: 28]", count => count >= 3, "a whole number of at least 3");
        Option<int?> seed = OptionTexts.Number<int>("--seed", "Seed of the random numbers [default: 1]", _ => true, "a whole number");
        Command table = new("table", "A table of any length, to try speed and memory on: normal numbers, and a label that no straight line finds.");
        table.AddGroup(Group, output, rows, columns, seed);
        table.SetAction(parse => WriteTo(parse.GetValue(output), stream =>
        {
            var buffered = new BufferedStream(stream, 1 << 20);
            LargeTable.Write(buffered, parse.GetValue(rows) ?? 100_000, parse.GetValue(columns) ?? 28, parse.GetValue(seed) ?? 1);
            buffered.Flush(); // not disposed of: the file is closed by whoever opened it
        }));
        return table;
    }

    private static Option<string?> Output() => OptionTexts.Text("--output", "file", "Where the CSV goes [default: -, standard output]");

    private static void WriteTo(string? path, Action<Stream> write)
    {
        if (path is null or "-")
            write(Terminal.Bytes);
        else
            OutputFile.Write(path, write);
    }
}
