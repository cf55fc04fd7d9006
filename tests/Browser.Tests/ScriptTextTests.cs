using MlNetShallowNet.Samples.Commands.Explain.Pages;

namespace MlNetShallowNet.BrowserTests;

/// <summary>Blanks that a script needs stay.</summary>
public class ScriptTextTests
{
    [Theory]
    [InlineData("const a = b + c;", "const a=b+c;")]
    [InlineData("a - -b + +c", "a- -b+ +c")]
    [InlineData("say(\"one  =  two\", 'it\\'s  so')", "say(\"one  =  two\",'it\\'s  so')")]
    [InlineData("`a  ${ b + `c  ${ d }` }  { e }`", "`a  ${b+`c  ${d}`}  { e }`")]
    [InlineData("text.replace(/ [/ ] {2}/g, x / y / z)", "text.replace(/ [/ ] {2}/g,x/y/z)")]
    [InlineData("x = { a: 1 }\ny = 2", "x={a:1}\ny=2")]
    [InlineData("f(\n  a,\n  b\n)", "f(a,b)")]
    [InlineData("`${ { a: 1 }.a }`", "`${{a:1}.a}`")]
    public void Only_those_that_part_nothing_go(string script, string expected) => Assert.Equal(expected, ScriptText.WithoutBlanks(script));
}
