using System.Globalization;

namespace Nonsmooth.Pretrained.Graphs;

/// <summary>Sizes as archives write them: <c>Add(Symbol('s0', integer=True), Integer(-1))</c>, or <c>s0</c>.</summary>
internal sealed class SizeExpression
{
    private const int MostDepth = 64;
    private readonly string _text;
    private readonly Func<string, long?> _symbols;
    private int _at;

    private SizeExpression(string text, Func<string, long?> symbols) => (_text, _symbols) = (text, symbols);

    /// <summary>The value; null where a symbol is not known, or the expression is not understood.</summary>
    public static long? Evaluate(string text, Func<string, long?> symbols)
    {
        var reader = new SizeExpression(text, symbols);
        try
        {
            long? value = reader.Value(0);
            return reader._at == text.Length ? value : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private long? Value(int depth)
    {
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-'))
        {
            _at++;
        }

        string word = _text[start.._at];
        if (depth > MostDepth || word.Length == 0)
        {
            return null;
        }

        if (_at == _text.Length || _text[_at] != '(')
        {
            return long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : _symbols(word);
        }

        _at++;
        if (word == "Symbol")
        {
            int close = _text.IndexOf(')', _at);
            string[] parts = close < 0 ? [] : _text[_at..close].Split(',');
            _at = close + 1;
            return parts.Length == 0 ? null : _symbols(parts[0].Trim('\'', ' '));
        }

        var arguments = new List<long>();
        while (_at < _text.Length && _text[_at] != ')')
        {
            if (Value(depth + 1) is not { } argument)
            {
                return null;
            }

            arguments.Add(argument);
            _at += _at < _text.Length && _text[_at] == ',' ? 1 : 0;
            _at += _at < _text.Length && _text[_at] == ' ' ? 1 : 0;
        }

        _at++;
        return Applied(word, arguments);
    }

    private static long? Applied(string function, List<long> a) => (function, a) switch
    {
        ("Integer", [var n]) => n,
        ("Add", _) => a.Aggregate(0L, (x, y) => checked(x + y)),
        ("Mul", _) => a.Aggregate(1L, (x, y) => checked(x * y)),
        ("Max", { Count: > 0 }) => a.Max(),
        ("Min", { Count: > 0 }) => a.Min(),
        ("Pow", [var x, var n and >= 0 and < 64]) => Enumerable.Repeat(x, (int)n).Aggregate(1L, (p, y) => checked(p * y)),
        ("FloorDiv" or "CleanDiv" or "IntTrueDiv", [var x, var y]) when y > 0 => (x - (((x % y) + y) % y)) / y,
        ("Mod" or "PythonMod", [var x, var y]) when y > 0 => ((x % y) + y) % y,
        _ => null,
    };
}
