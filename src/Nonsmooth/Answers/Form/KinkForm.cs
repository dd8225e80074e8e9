using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Answers;

/// <summary>
/// The same function written with few kinds of kinks: functions of one variable, maximum and minimum of two, and the
/// 2-norm at 0.
/// </summary>
/// <remarks>
/// Extrema over axes become trees of <c>maximum</c>, sorts become networks of <c>maximum</c> and <c>minimum</c>, the 1- and
/// ∞-norms use <c>abs</c>. Values keep their bits. Indices (argmax, a sort's permutation) stay those of the original.
/// </remarks>
internal static class KinkForm
{
    private const int _passes = 32;

    /// <exception cref="NonsmoothException">A function's form is written with the function itself.</exception>
    public static Program Of(Program program)
    {
        var form = program.Flatten();
        for (int pass = 0; Unwritten(form) is { } node; pass++)
        {
            form = pass < _passes
                ? form.Rewrite(Write).Prune()
                : throw new NonsmoothException($"{node.Name}: the form in which {node.Function.Name} gives its kinks never ends: write it with other functions");
        }

        return form.Prune();
    }

    // Indices stay those of the original, whose values nobody reads then.
    private static Node? Unwritten(Program form)
    {
        var used = form.Nodes.SelectMany(n => n.Arguments).Concat(form.Outputs.Select(o => o.Value)).ToHashSet();
        return form.Nodes.FirstOrDefault(n => n.Arguments.Length > 0 && n.Function.Kinks is KinkStructure.Form
            && n.Results.Any(r => form.Types[r].Kind == ElementKind.Real && used.Contains(r)));
    }

    private static IReadOnlyList<Variable>? Write(Node node, IReadOnlyList<Variable> arguments)
    {
        if (arguments.Count == 0)
        {
            return null;
        }

        using (arguments[0].Builder.Expand(node))
        {
            return node.Function.Kinks is KinkStructure.Form form ? form.Write(arguments) : null;
        }
    }
}
