using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Nonsmooth.Engines.Spellings;

/// <summary>A spelling's text as a tree, for engines that do not read Python.</summary>
/// <remarks>
/// A number stands for itself (an infinity as a string of the protocol), <c>{"x": 0}</c> is the first argument, <c>["relu", t]</c> an operation
/// of E on trees, <c>{"list": [t, …]}</c> a list, <c>{"text": "…"}</c> a string, and null and true are Python's. Operators are operations too:
/// add, sub, mul, div, power, neg, gt, ge, lt, le, equal; so are indices: at, at_last, between, as_column, as_row. Functions that a
/// spelling defines for itself are applied, so that what they share is written twice.
/// </remarks>
public sealed partial class WrittenTree
{
    private static readonly Dictionary<string, string> _binary = new(StringComparer.Ordinal)
    {
        ["+"] = "add",
        ["-"] = "sub",
        ["*"] = "mul",
        ["/"] = "div",
        ["**"] = "power",
        [">"] = "gt",
        [">="] = "ge",
        ["<"] = "lt",
        ["<="] = "le",
        ["=="] = "equal",
    };

    private readonly string[] _tokens;
    private readonly string _text;
    private int _at;

    private WrittenTree(string text) => (_text, _tokens) = (text, [.. Token().Matches(text).Select(m => m.Value)]);

    // What a name stands for: a tree, or a function of trees.
    private delegate object Applied(IReadOnlyList<object?> arguments);

    /// <summary>The tree of a text: <c>lambda E, x: E.relu(x)</c> is <c>["relu", {"x": 0}]</c>.</summary>
    /// <exception cref="FormatException">The text is written otherwise than spellings are.</exception>
    public static JsonNode? Of(string written)
    {
        var reader = new WrittenTree(written);
        reader.Take("lambda");
        reader.Take("E");
        var names = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (reader.Peek == ",")
        {
            reader._at++;
            names[reader.Next()] = new JsonObject { ["x"] = names.Count };
        }

        reader.Take(":");
        var tree = Tree(reader.Comparison(names));
        return reader._at == reader._tokens.Length ? tree : throw reader.Odd();
    }

    /// <summary>The tree of a text, or null where it is written otherwise than spellings are.</summary>
    public static JsonNode? Find(string written)
    {
        try
        {
            return Of(written);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>What a tree is on arguments.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="apply">Applies an operation to what it is given: arguments, results, numbers, strings, lists, truth values and nulls.</param>
    public static object? Run(JsonNode? tree, IReadOnlyList<object> arguments, Func<string, IReadOnlyList<object?>, object?> apply) => tree switch
    {
        JsonObject o when o["x"] is { } index => arguments[index.GetValue<int>()],
        JsonObject o when o["text"] is { } text => text.GetValue<string>(),
        JsonObject o => (IReadOnlyList<object?>)[.. o["list"]!.AsArray().Select(t => Run(t, arguments, apply))],
        JsonArray a => apply(a[0]!.GetValue<string>(), [.. a.Skip(1).Select(t => Run(t, arguments, apply))]),
        JsonValue v when v.TryGetValue(out bool truth) => truth,
        JsonValue v when v.TryGetValue(out string? word) => word == "Infinity" ? double.PositiveInfinity : double.NegativeInfinity,
        JsonValue v => v.GetValue<double>(),
        _ => null,
    };

    private string Peek => _at < _tokens.Length ? _tokens[_at] : "";

    private string Next() => _at < _tokens.Length ? _tokens[_at++] : throw Odd();

    private void Take(string token)
    {
        if (Next() != token)
        {
            _at--;
            throw Odd();
        }
    }

    private FormatException Odd() => new($"'{(Peek.Length > 0 ? Peek : "the end")}' is not expected in {_text}");

    private object? Comparison(Dictionary<string, object?> names) => Chain(names, Sum, ">", ">=", "<", "<=", "==");

    private object? Sum(Dictionary<string, object?> names) => Chain(names, Product, "+", "-");

    private object? Product(Dictionary<string, object?> names) => Chain(names, Signed, "*", "/");

    private object? Chain(Dictionary<string, object?> names, Func<Dictionary<string, object?>, object?> part, params string[] operators)
    {
        object? left = part(names);
        while (operators.Contains(Peek))
        {
            string name = _binary[Next()];
            object? right = part(names);
            left = (left, right) is (JsonValue a, JsonValue b) && a.TryGetValue(out double x) && b.TryGetValue(out double y) ? Folded(name, x, y) : Operation(name, left, right);
        }

        return left;
    }

    private JsonValue Folded(string name, double x, double y) => JsonValue.Create(name switch
    {
        "add" => x + y,
        "sub" => x - y,
        "mul" => x * y,
        "div" => x / y,
        _ => throw new FormatException($"{name} of two numbers is not expected in {_text}"),
    });

    private object? Signed(Dictionary<string, object?> names)
    {
        if (Peek != "-")
        {
            return Power(names);
        }

        _at++;
        object? of = Signed(names);
        return of switch
        {
            JsonValue number when number.TryGetValue(out double v) => JsonValue.Create(-v),
            JsonValue word when word.TryGetValue(out string? w) && w == "Infinity" => JsonValue.Create("-Infinity"),
            _ => Operation("neg", of),
        };
    }

    private object? Power(Dictionary<string, object?> names)
    {
        object? left = Postfix(names);
        if (Peek != "**")
        {
            return left;
        }

        _at++;
        object? exponent = Signed(names);
        return (left, exponent) is (JsonValue a, JsonValue b) && a.TryGetValue(out double x) && b.TryGetValue(out double y)
            ? JsonValue.Create(Math.Pow(x, y))
            : Operation("power", left, exponent);
    }

    private object? Postfix(Dictionary<string, object?> names)
    {
        object? value = Atom(names);
        while (Peek is "(" or "[")
        {
            value = Next() == "(" ? ((Applied)value!)(List(names, ")")) : Index(value, names);
        }

        return value;
    }

    private object? Index(object? value, Dictionary<string, object?> names)
    {
        if (Peek is "..." or ":" && _tokens[_at + 1] == ",")
        {
            bool last = Next() == "...";
            Take(",");
            object? second = Comparison(names);
            Take("]");
            return last ? Operation("at_last", value, second) : Operation("as_column", value);
        }

        object? first = Peek == ":" ? JsonValue.Create(0.0) : Comparison(names);
        switch (Next())
        {
            case "]":
                return value is IReadOnlyList<object?> list ? list[(int)((JsonValue)first!).GetValue<double>()] : Operation("at", value, first);
            case ",":
                Take(":");
                Take("]");
                return Operation("as_row", value);
            case ":":
                object? end = Peek == "]" ? null : Comparison(names);
                Take("]");
                return Operation("between", value, first, end);
            default:
                _at--;
                throw Odd();
        }
    }

    private object? Atom(Dictionary<string, object?> names)
    {
        string token = Next();
        switch (token)
        {
            case "(":
                object? inner = Peek == "lambda" ? Function(names) : Comparison(names);
                if (Peek == ",")
                {
                    _at++;
                    return (IReadOnlyList<object?>)[inner, .. List(names, ")")];
                }

                Take(")");
                return inner;
            case "[":
                return new JsonObject { ["list"] = new JsonArray([.. List(names, "]").Select(Tree)]) };
            case "E":
                Take(".");
                string operation = Next();
                return (Applied)(arguments => Operation(operation, [.. arguments]));
            case "lambda":
                _at--;
                return Function(names);
            case "None":
                return null;
            case "True" or "False":
                return JsonValue.Create(token == "True");
            case "inf":
                return JsonValue.Create("Infinity");
        }

        if (token[0] == '"')
        {
            return new JsonObject { ["text"] = token[1..^1] };
        }

        return double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? JsonValue.Create(number)
            : names.TryGetValue(token, out object? known) ? known
            : throw new FormatException($"nothing is called '{token}' in {_text}");
    }

    // The body is read again at each application, with its arguments in the names' place.
    private Applied Function(Dictionary<string, object?> names)
    {
        Take("lambda");
        var parameters = new List<string> { Next() };
        while (Peek == ",")
        {
            _at++;
            parameters.Add(Next());
        }

        Take(":");
        int body = _at;
        Dictionary<string, object?> Bound(IReadOnlyList<object?> arguments)
        {
            var inner = new Dictionary<string, object?>(names, StringComparer.Ordinal);
            for (int i = 0; i < parameters.Count; i++)
            {
                inner[parameters[i]] = arguments[i];
            }

            return inner;
        }

        Applied once = arguments =>
        {
            int back = _at;
            _at = body;
            object? value = Comparison(Bound(arguments));
            _at = back;
            return value!;
        };
        Skip();
        return once;
    }

    private void Skip()
    {
        for (int depth = 0; _at < _tokens.Length && (depth > 0 || Peek is not (")" or "," or "]")); _at++)
        {
            depth += Peek is "(" or "[" ? 1 : Peek is ")" or "]" ? -1 : 0;
        }
    }

    private List<object?> List(Dictionary<string, object?> names, string end)
    {
        var items = new List<object?>();
        while (Peek != end)
        {
            items.Add(Comparison(names));
            if (Peek == ",")
            {
                _at++;
            }
        }

        Take(end);
        return items;
    }

    private static object Operation(string name, params object?[] arguments) => new JsonArray([JsonValue.Create(name), .. arguments.Select(Tree)]);

    private static JsonNode? Tree(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        IReadOnlyList<object?> list => new JsonObject { ["list"] = new JsonArray([.. list.Select(Tree)]) },
        _ => throw new FormatException("a function is no tree"),
    };

    [GeneratedRegex("""\.\.\.|\*\*|[<>=]=|"[^"]*"|\d+\.?\d*(?:[eE][-+]?\d+)?|[A-Za-z_]\w*|[-+*/<>(),:.\[\]]""")]
    private static partial Regex Token();
}
