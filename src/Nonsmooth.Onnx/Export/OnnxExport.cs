using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;

namespace Nonsmooth.Onnx.Export;

/// <summary>From programs to models: values, gradients and trained networks alike, since all are programs over one dictionary.</summary>
public static class OnnxExport
{
    /// <summary>The key under which a node says which function of the dictionary it is, where ONNX has one operator for several.</summary>
    public const string FunctionKey = "nonsmooth.function";

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

        var written = WrittenOut(program);
        var unknown = written.Nodes.Where(n => ExportTable.Find(n.Function) is null).GroupBy(n => n.Function.Name).ToArray();
        if (unknown.Length > 0)
        {
            throw new NonsmoothException($"{unknown.Sum(u => u.Count())} nodes have no operator of ONNX: {string.Join(", ", unknown.Select(u => $"{u.Key} ×{u.Count()} ({u.First().Name})"))}; leave out the outputs that need them");
        }

        var context = new ExportContext(options, written);
        return context.Run();
    }

    // Composites and elementwise functions without an operator are what they are defined by.
    private static Program WrittenOut(Program program)
    {
        var flat = program.Flatten(composite => ExportTable.Find(composite) is not null);
        for (int pass = 0; pass < 4 && flat.Nodes.Any(n => ExportTable.Find(n.Function) is null && n.Function is IUnaryFunction or IBinaryFunction); pass++)
        {
            flat = flat.Rewrite((node, arguments) => ExportTable.Find(node.Function) is not null ? null : node.Function switch
            {
                IUnaryFunction unary => [unary.Expand(arguments[0])],
                IBinaryFunction binary => [binary.Expand(arguments[0], arguments[1])],
                _ => null,
            });
        }

        return flat.Prune();
    }
}
