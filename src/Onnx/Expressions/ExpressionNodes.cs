using System.Globalization;
using System.Text.RegularExpressions;
using MlNetShallowNet.Onnx.Graphs;

namespace MlNetShallowNet.Onnx.Expressions;

/// <summary>
/// The arithmetic of ML.NET's expressions on one double, <c>x => ...</c>, as nodes: numbers, names, + - * /, &lt; &gt; &lt;= &gt;=, c ? a : b, floor(a) and
/// with(name = a; b). Read from left to right, nodes being added as they are understood.
/// </summary>
internal sealed partial class ExpressionNodes
{
    private static readonly Dictionary<string, string> _comparisons = new()
    {
        ["<"] = "Less",
        [">"] = "Greater",
        ["<="] = "LessOrEqual",
        [">="] = "GreaterOrEqual",
    };

    private readonly string _text;
    private readonly string[] _tokens;
    private readonly GraphBuilder _graph;
    private readonly Dictionary<string, string> _values = [];
    private int _at;

    private ExpressionNodes(string text, GraphBuilder graph) =>
        (_text, _graph, _tokens) = (text, graph, [.. Token().Matches(text).Select(match => match.Value), ""]);

    /// <summary>Adds the nodes of an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="argument">The value of its parameter.</param>
    /// <param name="graph">The graph.</param>
    /// <returns>The name of its value.</returns>
    /// <exception cref="FormatException">It has more in it than the arithmetic here.</exception>
    public static string Add(string expression, string argument, GraphBuilder graph)
    {
        ExpressionNodes nodes = new(expression, graph);
        nodes._values[nodes.Next()] = argument;
        nodes.Expect("=>");
        string value = nodes.Choice();
        nodes.Expect("");
        return value;
    }

    private string Choice()
    {
        string condition = Comparison();
        if (!Take("?"))
            return condition;
        string yes = Choice();
        Expect(":");
        return _graph.Add("Where", condition, yes, Choice());
    }

    private string Comparison()
    {
        string left = Sum();
        if (!_comparisons.TryGetValue(_tokens[_at], out string? op))
            return left;
        _at++;
        return _graph.Add(op, left, Sum());
    }

    private string Sum()
    {
        string value = Product();
        while (_tokens[_at] is "+" or "-")
            value = _graph.Add(Next() == "+" ? "Add" : "Sub", value, Product());
        return value;
    }

    private string Product()
    {
        string value = Factor();
        while (_tokens[_at] is "*" or "/")
            value = _graph.Add(Next() == "*" ? "Mul" : "Div", value, Factor());
        return value;
    }

    private string Factor()
    {
        if (Take("-"))
            return _graph.Add("Neg", Factor());
        if (Take("("))
            return Closed(Choice());
        string token = Next();
        if (double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return _graph.Constant(number);
        if (_values.TryGetValue(token, out string? value))
            return value;
        switch (token)
        {
            case "floor":
                Expect("(");
                return Closed(_graph.Add("Floor", Choice()));
            case "with":
                Expect("(");
                string name = Next();
                Expect("=");
                _values[name] = Choice();
                Expect(";");
                return Closed(Choice());
            default:
                throw Unknown(token);
        }
    }

    private string Closed(string value)
    {
        Expect(")");
        return value;
    }

    private string Next() => _tokens[_at++];

    private bool Take(string token)
    {
        if (_tokens[_at] != token)
            return false;
        _at++;
        return true;
    }

    private void Expect(string token)
    {
        if (!Take(token))
            throw Unknown(_tokens[_at]);
    }

    private FormatException Unknown(string token) => new($"In the expression '{_text}', '{token}' is not understood at its place.");

    [GeneratedRegex(@"\d+(?:\.\d+)?|\w+|=>|<=|>=|\S")]
    private static partial Regex Token();
}
