using System.Globalization;
using System.Text.RegularExpressions;
using MlNetShallowNet.Onnx.Format;
using MlNetShallowNet.Onnx.Graphs;

namespace MlNetShallowNet.Onnx.Expressions;

/// <summary>
/// The arithmetic of ML.NET's expressions on one double, <c>x => ...</c>, as nodes: numbers, names, + - * /, &lt; &gt; &lt;= &gt;=, c ? a : b, floor(a) and
/// with(name = a; b). Read from left to right, nodes being added as they are understood. What ML.NET would compute in another type than double is refused,
/// for it has other values: 1 / 2 is 0 there.
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
    private readonly Dictionary<string, Value> _values = [];
    private int _at;

    private ExpressionNodes(string text, GraphBuilder graph) =>
        (_text, _graph, _tokens) = (text, graph, [.. Token().Matches(text).Select(match => match.Value), ""]);

    /// <summary>Adds the nodes of an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="argument">The value of its parameter.</param>
    /// <param name="graph">The graph.</param>
    /// <returns>The name of its value, a double or, where it chooses among numbers with a point, a single.</returns>
    /// <exception cref="FormatException">It has more in it than the arithmetic here.</exception>
    public static string Add(string expression, string argument, GraphBuilder graph)
    {
        ExpressionNodes nodes = new(expression, graph);
        nodes._values[nodes.Next()] = new(argument, Kind.Double);
        nodes.Expect("=>");
        Value value = nodes.Choice();
        nodes.Expect("");
        return value switch
        {
            { Kind: Kind.Double } => value.Name,
            { Kind: Kind.Single, IsLiteral: false } => graph.Cast(value.Name, Element.Float),
            _ => throw nodes.Unknown("=>"),
        };
    }

    private Value Choice()
    {
        Value condition = Comparison();
        if (!Take("?"))
            return condition;
        Value yes = Choice();
        Expect(":");
        Value no = Choice();
        Kind kind = yes.Kind == no.Kind ? yes.Kind : Common("?", yes, no);
        if (condition.Kind != Kind.Truth || kind == Kind.Truth)
            throw Unknown("?");
        return new(_graph.Add("Where", condition.Name, yes.Name, no.Name), kind);
    }

    private Value Comparison()
    {
        Value left = Sum();
        string token = _tokens[_at];
        if (!_comparisons.TryGetValue(token, out string? op))
            return left;
        _at++;
        return Of(op, token, left, Sum()) with { Kind = Kind.Truth };
    }

    private Value Sum()
    {
        Value value = Product();
        while (_tokens[_at] is "+" or "-")
            value = Next() is "+" ? Of("Add", "+", value, Product()) : Of("Sub", "-", value, Product());
        return value;
    }

    private Value Product()
    {
        Value value = Factor();
        while (_tokens[_at] is "*" or "/")
            value = Next() is "*" ? Of("Mul", "*", value, Factor()) : Of("Div", "/", value, Factor());
        return value;
    }

    private Value Factor()
    {
        if (Take("-"))
        {
            Value value = Factor();
            return value.Kind == Kind.Truth ? throw Unknown("-") : value with { Name = _graph.Add("Neg", value.Name) };
        }
        if (Take("("))
            return Closed(Choice());
        string token = Next();
        if (Literal(token) is { } literal)
            return literal;
        if (_values.TryGetValue(token, out Value? named))
            return named;
        switch (token)
        {
            case "floor":
                Expect("(");
                Value of = Choice();
                return of.Kind == Kind.Double ? Closed(of with { Name = _graph.Add("Floor", of.Name) }) : throw Unknown(token);
            case "with":
                Expect("(");
                string name = Next();
                Expect("=");
                if (!_values.TryAdd(name, Choice()))
                    throw Unknown(name);
                Expect(";");
                return Closed(Choice());
            default:
                throw Unknown(token);
        }
    }

    // A number with a point is one of single precision.
    private Value? Literal(string token)
    {
        if (long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out long integer))
            return new(_graph.Constant((double)integer), Kind.Integer, IsLiteral: true);
        return float.TryParse(token, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out float single)
            ? new(_graph.Constant((double)single), Kind.Single, IsLiteral: true)
            : null;
    }

    private Value Of(string op, string token, Value left, Value right) => new(_graph.Add(op, left.Name, right.Name), Common(token, left, right));

    private Kind Common(string token, Value left, Value right) =>
        (left.Kind, right.Kind) is (Kind.Double, not Kind.Truth) or (not Kind.Truth, Kind.Double) ? Kind.Double : throw Unknown(token);

    private Value Closed(Value value)
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

    private enum Kind { Double, Single, Integer, Truth }

    // Literals alone have no rows.
    private sealed record Value(string Name, Kind Kind, bool IsLiteral = false);

    [GeneratedRegex(@"\d+(?:\.\d+)?|\w+|=>|<=|>=|\S")]
    private static partial Regex Token();
}
