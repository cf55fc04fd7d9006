using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetShallowNet.MlNetTests.Conformance;
using Xunit;

namespace MlNetShallowNet.MlNetTests.Differential;

/// <summary>Odd text files: schemas, slot names and values as they are read, or the exception.</summary>
public class TextDifferentialTests
{
    private static readonly MLContext _ml = new(1);

    private static readonly Dictionary<string, (string Text, TextLoader.Options[] Options)> Scenarios = new()
    {
        ["quotes"] = ("a,\"b,c\",1\n\"d \"\"e\"\" f\",g,2\n \"h\" ,i,3\n\"j\"k,l,4\n\"open,m,5\n,,\n\"\",\" x \", 6 \nn\"o\",p\"\",7\n",
            [Quoted(true), Quoted(false), new() { Columns = Two, Separators = [','], AllowQuoting = true, EscapeChar = '\\' }]),
        ["lines in quotes"] = ("\"a\nb\",x,1\nc,\"d\n\ne\",2\n\"f\"\"\n\"\"g\",\"h\",3\n#i,j,4\n", [new() { Columns = Two, Separators = [','],
            AllowQuoting = true, ReadMultilines = true }, Quoted(true)]),
        ["never closed"] = ("a,b,1\n\"c,d,2\ne,f,3\n", [new() { Columns = Two, Separators = [','], AllowQuoting = true,
            ReadMultilines = true }]),
        ["separators"] = ("a;b,1\n c ; d ,2\n;,\ne;f,3;4\n  g  ;h,5  \n", [new() { Columns = Two, Separators = [',', ';'] },
            new() { Columns = Two, Separators = [',', ';'], TrimWhitespace = true }, new() { Columns = Two, Separators = ['|'] }]),
        ["spaces"] = ("a b 1\n c  d 2\ne f  3\ng\n\"h i\" j 4 \n", [new() { Columns = Two, Separators = [' '] },
            new() { Columns = Two, Separators = [' '], AllowQuoting = true, TrimWhitespace = true }]),
        ["headers"] = ("name,\"the, b\",c\n1,2,3\n4,5,6\n", [Vector(true, true), Vector(true, false), Vector(false, true)]),
        ["short header"] = ("a\n1,2,3\n", [Vector(true, false)]),
        ["long header"] = ("a,b,c,d,e\n1,2,3\n", [Vector(true, false)]),
        ["empty names"] = (",,\n1,2,3\n", [Vector(true, false)]),
        ["comments and empty lines"] = ("# a comment\n// another\n\na,b,1\n\n# c,d,2\n// e,f,3\n \n,\ng,h,4", [Quoted(false),
            new() { Columns = Two, Separators = [','], HasHeader = true }]),
        ["line lengths"] = ("1,2,3\n4\n5,6\n7,8,9,10\n,,\n", [Vector(false, false), new() { Columns = All, Separators = [','] },
            new() { Columns = All, Separators = [','], MissingRealsAsNaNs = true }]),
        ["one length"] = ("1,2,3\n4,5,6\n", [new() { Columns = [new("All", DataKind.Single, [new(0, null)]),
            new("Some", DataKind.Double, [new(2), new(0, 1)])], Separators = [','] }]),
        ["sparse"] = ("1 4 0:2 3:5\n0 4 1:1\n1 4\n0 1 2 3 4\n1 4 3:1 0:2\n0 4 4:1\n1 0:3\n0 4 2:\"7\"\n1 4 2:x\n", [Sparse(' ', false),
            Sparse(' ', true)]),
        ["sparse with tabs"] = ("1\t6\t0:2\t5:1.5\n0\t6\t2:-1\n", [Sparse('\t', false), Sparse(',', false)]),
        ["numbers"] = ("1,1e3,0x1\n+2,.5,5.\n-3,1e400,-1e400\n1_000,1e-400,-0\n 4 ,\t5,6\t\n1.5,NaN,Infinity\n9223372036854775808,∞,-∞\n"
            + "2147483648,null,NULL\n-2147483649,-,+\n", [Numbers(DataKind.Single), Numbers(DataKind.Double), Numbers(DataKind.Int32),
            Numbers(DataKind.Int64), Numbers(DataKind.Boolean), Numbers(DataKind.Byte)]),
        ["decimal commas"] = ("1,5;2.5;3\n1.000,5;,5;5,\n", [new() { Columns = Three(DataKind.Single), Separators = [';'],
            DecimalMarker = ',' }, new() { Columns = Three(DataKind.Double), Separators = [';'] }]),
        ["truth"] = ("true,FALSE,t\nYes,no,Y\n1,0,-1\n+1,+,-\n2,10,on\n,NA,?\n\" true\",off,00\n", [Numbers(DataKind.Boolean)]),
        ["keys"] = ("0,1,2\n3,4,-1\n,NA,x\n", [new() { Columns = [new("A", DataKind.UInt32, [new(0)], new KeyCount(4)),
            new("B", DataKind.Byte, [new(1, 2)], new KeyCount(3))], Separators = [','] }]),
        ["few rows"] = ("1,2,3\n4,5,6\n7,8,9\n", [new() { Columns = All, Separators = [','], MaxRows = 2 },
            new() { Columns = All, Separators = [','], MaxRows = 1, HasHeader = true }]),
        ["nothing"] = ("", [Vector(false, false), Vector(true, false), new() { Separators = [','] }]),
        ["a header alone"] = ("a,b,c\n", [Vector(true, false), new() { Separators = [','], HasHeader = true }]),
        ["a mark and other letters"] = ("\uFEFFä,ö,1\r\nß,€,2\r\n漢,😀,3", [Quoted(false), new() { Columns = Two, Separators = ['ö'] }]),
        ["columns beyond"] = ("1,2\n3,4\n", [Vector(false, false), new() { Columns = [new("A", DataKind.Int32, 7),
            new("B", DataKind.String, 7), new("C", DataKind.Single, 1, 9)], Separators = [','] }]),
    };

    public static TheoryData<string> Names => new(Scenarios.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Text_is_read_as_by_the_package(string name)
    {
        var (text, options) = Scenarios[name];
        using var file = new TemporaryFile("odd.txt", Encoding.UTF8.GetBytes(text));
        var transcript = new Transcript();
        foreach (var how in options)
        {
            transcript.Line($"separators '{new string(how.Separators)}', header {how.HasHeader}, quotes {how.AllowQuoting}");
            try
            {
                transcript.View(_ml.Data.LoadFromTextFile(file.Path, how));
            }
            catch (Exception e)
            {
                transcript.Line($"{e.GetType().Name} {(e as ArgumentException)?.ParamName}{e.InnerException?.GetType().Name}");
            }
        }

        transcript.Compare("text-" + name.Replace(' ', '-'));
    }

    private static TextLoader.Column[] Two => [new("A", DataKind.String, 0), new("B", DataKind.String, 1), new("N", DataKind.Single, 2)];

    private static TextLoader.Column[] All => [new("A", DataKind.Single, [new TextLoader.Range { Min = 0, VariableEnd = true }])];

    private static TextLoader.Column[] Three(DataKind kind) => [new("A", kind, 0), new("B", kind, 1), new("C", kind, 2)];

    private static TextLoader.Options Quoted(bool quoting) => new() { Columns = Two, Separators = [','], AllowQuoting = quoting };

    private static TextLoader.Options Numbers(DataKind kind) => new() { Columns = Three(kind), Separators = [','], AllowQuoting = true };

    private static TextLoader.Options Vector(bool header, bool quoting) => new()
    {
        Columns = [new("A", DataKind.Single, 0), new("V", DataKind.Single, 0, 2), new("W", DataKind.String, [new(2), new(0)])],
        Separators = [','], HasHeader = header, AllowQuoting = quoting,
    };

    private static TextLoader.Options Sparse(char separator, bool quoting) => new()
    {
        Columns = [new("Label", DataKind.Boolean, 0), new("V", DataKind.Single, 1, 4), new("Last", DataKind.Single, 4)],
        Separators = [separator], AllowSparse = true, AllowQuoting = quoting,
    };
}
