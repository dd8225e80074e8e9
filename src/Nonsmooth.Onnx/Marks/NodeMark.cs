using System.Text.Json;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;

namespace Nonsmooth.Onnx.Marks;

/// <summary>What a chain of nodes was written for, as metadata of its last node: runtimes read the chain, and the importer the function.</summary>
/// <param name="Function">The function, as a text.</param>
/// <param name="Inputs">The values it takes.</param>
/// <param name="Outputs">The values it makes.</param>
/// <param name="Chain">The operators between them: with others, the mark is out of date.</param>
internal sealed record NodeMark(string Function, string[] Inputs, string[] Outputs, string Chain)
{
    /// <summary>Under this key a node says which function of the dictionary it is, where ONNX has one operator for several.</summary>
    public const string FunctionKey = "nonsmooth.function";

    /// <summary>The domain of nodes that are functions of the dictionary.</summary>
    public const string Domain = "nonsmooth.dictionary";

    private const string Key = "nonsmooth.chain";
    private const int Longest = 200;

    /// <summary>The function that a node of <see cref="Domain"/> is.</summary>
    public static ElementaryFunction Of(OnnxNode node) => FunctionText.Read(node.Op) ?? throw new OnnxException($"'{node.Op}' is no function of the dictionary");

    /// <summary>The mark as metadata.</summary>
    public OnnxProperty ToProperty() => new(Key, JsonSerializer.Serialize(this));

    /// <summary>The operators on the way from some values back to others, constants left out; null where there are too many.</summary>
    public static string? ChainOf(IEnumerable<string> outputs, IReadOnlyCollection<string> inputs, Func<string, OnnxNode?> maker, List<OnnxNode>? nodes = null)
    {
        nodes ??= [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var stack = new Stack<string>(outputs.Reverse());
        while (stack.TryPop(out string? name))
        {
            if (inputs.Contains(name) || maker(name) is not { Op: not "Constant" } node || !seen.Add(node.Outputs[0]))
            {
                continue;
            }

            nodes.Add(node);
            if (nodes.Count > Longest)
            {
                return null;
            }

            foreach (string input in node.Inputs.Where(i => i.Length > 0).Reverse())
            {
                stack.Push(input);
            }
        }

        return string.Join(' ', nodes.Select(n => n.Op));
    }

    /// <summary>The nodes with marked chains as nodes of <see cref="Domain"/>; what no longer fits its mark stays as it is.</summary>
    public static IReadOnlyList<OnnxNode> Restored(IReadOnlyList<OnnxNode> nodes)
    {
        var marks = nodes.Select(n => n.Metadata.LastOrDefault(p => p.Key == Key)?.Value).OfType<string>().ToArray();
        if (marks.Length == 0)
        {
            return nodes;
        }

        var makers = nodes.SelectMany(n => n.Outputs.Where(o => o.Length > 0).Select(o => (Output: o, Node: n))).DistinctBy(p => p.Output).ToDictionary(p => p.Output, p => p.Node, StringComparer.Ordinal);
        var replaced = new Dictionary<OnnxNode, HashSet<string>>(ReferenceEqualityComparer.Instance);
        var added = new List<OnnxNode>();
        foreach (string text in marks)
        {
            var chain = new List<OnnxNode>();
            if (Parse(text) is not { } mark || mark.Outputs.Distinct().Count() != mark.Outputs.Length || !mark.Outputs.All(makers.ContainsKey)
                || FunctionText.Read(mark.Function) is null || ChainOf(mark.Outputs, mark.Inputs, makers.GetValueOrDefault, chain) != mark.Chain || chain.Exists(replaced.ContainsKey))
            {
                continue;
            }

            foreach (var node in chain)
            {
                replaced.Add(node, [.. mark.Outputs]);
            }

            var last = makers[mark.Outputs[0]];
            added.Add(new OnnxNode { Op = mark.Function, Domain = Domain, Name = last.Name, Inputs = mark.Inputs, Outputs = mark.Outputs });
        }

        // The chains make values of other names, which nothing needs.
        return [.. nodes.Select(n => !replaced.TryGetValue(n, out var outputs) ? n : n with
        {
            Inputs = [.. n.Inputs.Select(i => outputs.Contains(i) ? Aside(i) : i)],
            Outputs = [.. n.Outputs.Select(o => outputs.Contains(o) ? Aside(o) : o)],
        }), .. added];
    }

    private static string Aside(string name) => $"{name}/chain";

    private static NodeMark? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<NodeMark>(text) is { Function: not null, Inputs: not null, Outputs.Length: > 0, Chain: not null } mark && !mark.Inputs.Concat(mark.Outputs).Any(string.IsNullOrEmpty) ? mark : null;
        }
        catch (JsonException)
        {
            // Metadata are anybody's: what is no mark marks nothing.
            return null;
        }
    }
}
