using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Sites;

/// <summary>A node of a program whose function is not differentiable everywhere.</summary>
/// <param name="Node">The node's name: <c>features.4.max_pool2d</c>.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Where">Where it is not differentiable, in words.</param>
/// <param name="Regularity">Whether it is path-differentiable, or jumps, or nobody knows.</param>
public sealed record KinkSite(string Node, string Function, string Where, Regularity Regularity)
{
    /// <summary>The keys of the selection that the derivative there reads.</summary>
    public IReadOnlyList<SelectionKey> Keys { get; init; } = [];

    /// <summary>Whether it compares: what jumps is a truth value.</summary>
    public bool IsComparison { get; init; }

    /// <summary>Whether it is a kink, or may be one, at which no selection can be made otherwise: no audit can vary it.</summary>
    public bool IsFixed => Regularity is Regularity.PathDifferentiable or Regularity.Unknown && Keys.All(k => k.OtherRules.Count == 0);

    /// <summary>The sites of a program, in its order, functions that are defined by programs written out.</summary>
    public static IReadOnlyList<KinkSite> Of(Program program)
    {
        var flat = Flat(program);
        return
        [
            .. Within(flat).Select(n => new KinkSite(n.Name, n.Function.Name, n.Function.Kinks.Where, n.Function.Regularity)
            {
                Keys = n.Function.Keys, IsComparison = flat.Types[n.Results[0]].Kind == ElementKind.Boolean,
            }),
        ];
    }

    /// <summary>The nodes of the sites.</summary>
    public static IReadOnlyList<Node> Nodes(Program program) => Within(Flat(program));

    private static Program Flat(Program program) => program.Flatten(static composite => composite.HasVjp);

    private static IReadOnlyList<Node> Within(Program flat)
    {
        var paths = new RealPaths(flat);
        return [.. flat.Nodes.Where((n, i) => IsSite(n.Function, flat.ArgumentTypes(n)) && paths.Matters(i, n.Function.Regularity))];
    }

    // A function that has its own vjp and leaves its kinks to its definition is asked there.
    private static bool IsSite(ElementaryFunction function, IReadOnlyList<TensorType> types)
    {
        if (function is not CompositeFunction { Kinks: KinkStructure.Definition { Regularity: Regularity.Unknown } } composite)
        {
            return function.Regularity != Regularity.Smooth;
        }

        var definition = composite.Definition(types).Flatten();
        return definition.Nodes.Any(n => n.Function.Regularity != Regularity.Smooth);
    }
}
