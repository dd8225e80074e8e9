using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Marks;

/// <summary>Functions of the dictionary as texts: the name, and what they were made of by the names of the parameters.</summary>
internal static class FunctionText
{
    // Functions of the dictionary alone are made, whatever a file says.
    private static readonly ILookup<string, Type> _types = StandardDictionary.Rows.Select(r => (r.Function.Name, Type: r.Function.GetType())).Distinct().ToLookup(p => p.Name, p => p.Type);

    private const BindingFlags _any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly TieRule[] _ties = [TieRule.First, TieRule.Last, TieRule.Average, TieRule.Every];

    /// <summary>The text of a function; null for one that cannot be read again.</summary>
    public static string? Write(ElementaryFunction function)
    {
        if (Parts(function, function.GetType()) is not { } parts)
        {
            return null;
        }

        string text = new JsonObject { ["name"] = function.Name, ["of"] = parts }.ToJsonString();
        return function.Equals(Read(text)) ? text : null;
    }

    /// <summary>The function of a text; null where it is none.</summary>
    public static ElementaryFunction? Read(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject { } o && o["name"] is JsonValue name && o["of"] is JsonObject parts
                ? _types[name.GetValue<string>()].Select(t => Make(t, parts)).OfType<ElementaryFunction>().FirstOrDefault(f => f.Name == name.GetValue<string>())
                : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException or InvalidOperationException or TargetInvocationException or MissingMethodException or ArgumentException or NonsmoothException)
        {
            // It was written by someone else, or changed: the operators that it stands on say what it is.
            return null;
        }
    }

    private static JsonObject? Parts(object value, Type type)
    {
        var parts = new JsonObject();
        foreach (var parameter in Parameters(type))
        {
            if (type.GetProperty(parameter.Name!, _any)?.GetValue(value) is not { } part)
            {
                if (type.GetProperty(parameter.Name!, _any) is null || Nullable.GetUnderlyingType(parameter.ParameterType) is null)
                {
                    return null;
                }

                continue;
            }

            if (Node(part, parameter.ParameterType) is not { } node)
            {
                return null;
            }

            parts.Add(parameter.Name!, node);
        }

        return parts;
    }

    private static JsonNode? Node(object part, Type type) => part switch
    {
        double d => d.ToString("R", CultureInfo.InvariantCulture),
        int or long => Convert.ToInt64(part, CultureInfo.InvariantCulture),
        bool b => b,
        Enum e => e.ToString(),
        IntVector v => new JsonArray([.. v.Select(i => (JsonNode)i)]),
        Shape s => new JsonArray([.. s.Select(i => (JsonNode)i)]),
        TieRule tie => Array.Exists(_ties, t => t.Equals(tie)) ? tie.Name : null,
        _ when type == part.GetType() && (type.IsValueType || type.IsSealed) && type.Namespace?.StartsWith(nameof(Nonsmooth), StringComparison.Ordinal) == true => Parts(part, type),
        _ => null,
    };

    private static object? Make(Type type, JsonObject parts)
    {
        var parameters = Parameters(type);
        object?[] arguments = [.. parameters.Select(p => parts[p.Name!] is { } node ? Part(node, Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType) : p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null)];
        return Activator.CreateInstance(type, _any, null, arguments, CultureInfo.InvariantCulture);
    }

    private static object? Part(JsonNode node, Type type)
    {
        if (type == typeof(double))
        {
            return double.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture);
        }

        if (type == typeof(int))
        {
            return node.GetValue<int>();
        }

        return type == typeof(long) ? node.GetValue<long>()
            : type == typeof(bool) ? node.GetValue<bool>()
            : type.IsEnum ? Enum.Parse(type, node.GetValue<string>())
            : type == typeof(IntVector) ? IntVector.Create([.. node.AsArray().Select(i => i!.GetValue<int>())])
            : type == typeof(Shape) ? new Shape([.. node.AsArray().Select(i => i!.GetValue<int>())])
            : type == typeof(TieRule) ? _ties.First(t => t.Name == node.GetValue<string>())
            : Make(type, node.AsObject());
    }

    private static ParameterInfo[] Parameters(Type type) => type.GetConstructors(_any).Select(c => c.GetParameters()).Where(p => p is not [var only] || only.ParameterType != type).OrderByDescending(p => p.Length).FirstOrDefault() ?? [];
}
