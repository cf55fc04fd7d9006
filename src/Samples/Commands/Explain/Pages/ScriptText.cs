using System.Text;

namespace MlNetShallowNet.Samples.Commands.Explain.Pages;

/// <summary>A script without the blanks that stand in none of its texts: they are for those who write it, not for those who load it.</summary>
internal sealed class ScriptText
{
    private readonly string _script;
    private readonly StringBuilder _kept;
    private int _at;

    private ScriptText(string script)
    {
        _script = script;
        _kept = new StringBuilder(script.Length);
    }

    /// <summary>The same script, shorter. Comments are expected to be gone.</summary>
    public static string WithoutBlanks(string script)
    {
        var text = new ScriptText(script);
        text.Code(isInTemplate: false);
        return text._kept.ToString();
    }

    private char Last => _kept.Length == 0 ? '\n' : _kept[^1];

    private void Code(bool isInTemplate)
    {
        for (int depth = 0; _at < _script.Length;)
        {
            char c = _script[_at];
            if (c == '}' && isInTemplate && depth == 0)
                return;
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (char.IsWhiteSpace(c))
                Blanks();
            else if (c is '"' or '\'')
                Quoted(c);
            else if (c == '`')
                Template();
            else if (c == '/' && Last is '(' or ',' or '=' or ':' or '?' or '!' or '&' or '|' or '>')
                Pattern();
            else
                Keep();
        }
    }

    private void Keep(int count = 1)
    {
        _kept.Append(_script, _at, count);
        _at += count;
    }

    // A blank parts two words or two signs that would become another one; the end of a line may also end a statement.
    private void Blanks()
    {
        int from = _at;
        while (_at < _script.Length && char.IsWhiteSpace(_script[_at]))
            _at++;
        char last = Last, next = _at < _script.Length ? _script[_at] : ';';
        bool isLineEnd = _script.AsSpan(from, _at - from).Contains('\n');
        if (isLineEnd ? !"\n{([,;=+-*/&|?:>".Contains(last) && !"})].,;?:&|+*=".Contains(next)
            : IsOfWord(last) && IsOfWord(next) || last == next && last is '+' or '-')
        {
            _kept.Append(isLineEnd ? '\n' : ' ');
        }
    }

    private void Quoted(char quote)
    {
        do
            Keep(_script[_at] == '\\' ? 2 : 1);
        while (_script[_at] != quote);
        Keep();
    }

    private void Template()
    {
        Keep();
        while (_script[_at] != '`')
        {
            if (_script[_at] == '$' && _script[_at + 1] == '{')
            {
                Keep(2);
                Code(isInTemplate: true);
            }

            Keep(_script[_at] == '\\' ? 2 : 1);
        }

        Keep();
    }

    // A regular expression; in its brackets a stroke does not end it.
    private void Pattern()
    {
        bool isInBrackets = false;
        do
        {
            isInBrackets = _script[_at] switch { '[' => true, ']' => false, _ => isInBrackets };
            Keep(_script[_at] == '\\' ? 2 : 1);
        }
        while (_script[_at] != '/' || isInBrackets);
        Keep();
    }

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';
}
