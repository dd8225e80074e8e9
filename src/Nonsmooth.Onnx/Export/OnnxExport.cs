using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Onnx.Marks;
using Nonsmooth.Programs;

namespace Nonsmooth.Onnx.Export;

/// <summary>From programs to models: values, gradients and trained networks alike, since all are programs over one dictionary.</summary>
public static class OnnxExport
{
    /// <summary>The key under which a node says which function of the dictionary it is, where ONNX has one operator for several.</summary>
    public const string FunctionKey = NodeMark.FunctionKey;

    /// <summary>The functions that have operators of their own, by name of their type; others are written out over these.</summary>
    public static IReadOnlyList<string> Functions => [.. ExportTable.Types.Select(t => t.Name).Order(StringComparer.Ordinal)];

    /// <summary>The model of a program.</summary>
    /// <param name="program">Any program; what has no operator of its own is written out over what has.</param>
    /// <param name="options">The version, weights, names; the defaults without any.</param>
    /// <exception cref="NonsmoothException">Functions have no operators: the message names all; the version is not known; a weight does not fit its input.</exception>
    public static OnnxModel Export(Program program, OnnxExportOptions? options = null)
    {
        options ??= new OnnxExportOptions();
        if (options.Opset is < 13 or > 21)
        {
            throw new NonsmoothException($"opset {options.Opset} cannot be written: choose one from 13 to 21");
        }

        var whole = program.Prune();
        var unknown = whole.Nodes.SelectMany(n => Unknown(whole, n)).GroupBy(n => n.Function).ToArray();
        if (unknown.Length > 0)
        {
            throw new NonsmoothException($"{unknown.Sum(u => u.Count())} nodes have no operator of ONNX: {string.Join(", ", unknown.Select(u => $"{u.Key} ×{u.Count()} ({u.First().Node})"))}; leave out the outputs that need them");
        }

        var context = new ExportContext(options, whole);
        var model = context.Run();
        var early = model.Graph.Nodes.Where(n => OperatorTable.Find("", n.Op, options.Opset) is null).Select(n => n.Op).Distinct().Order(StringComparer.Ordinal).ToArray();
        return early.Length == 0 ? model : throw new NonsmoothException($"{string.Join(", ", early)} of ONNX {(early.Length == 1 ? "is" : "are")} not part of opset {options.Opset}: choose a later one");
    }

    private static IEnumerable<(string Function, string Node)> Unknown(Program program, Node node) => ExportTable.Find(node.Function) is not null ? []
        : node.Function is CompositeFunction or IUnaryFunction or IBinaryFunction ? WrittenOut(program, node).Nodes.Where(n => ExportTable.Find(n.Function) is null).Select(n => (n.Function.Name, node.Name))
        : [(node.Function.Name, node.Name)];

    /// <summary>What a composite, or an elementwise function without an operator, is defined by.</summary>
    internal static Program WrittenOut(Program program, Node node)
    {
        var builder = new ProgramBuilder();
        var inputs = program.ArgumentTypes(node).Select((type, i) => builder.Input($"a{i}", type)).ToArray();
        var flat = builder.Build(builder.ApplyAll(node.Function, inputs).Select((r, i) => ($"r{i}", r))).Flatten(composite => ExportTable.Find(composite) is not null);
        for (int pass = 0; pass < 4 && flat.Nodes.Any(n => ExportTable.Find(n.Function) is null && n.Function is IUnaryFunction or IBinaryFunction); pass++)
        {
            flat = flat.Rewrite((inner, arguments) => ExportTable.Find(inner.Function) is not null ? null : inner.Function switch
            {
                IUnaryFunction unary => [unary.Expand(arguments[0])],
                IBinaryFunction binary => [binary.Expand(arguments[0], arguments[1])],
                _ => null,
            });
        }

        return flat;
    }
}
