using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Sites;

/// <summary>A node of a program whose function is not differentiable everywhere.</summary>
/// <param name="Node">The node's name: <c>features.4.max_pool2d</c>.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Where">Where it is not differentiable, in words.</param>
/// <param name="Regularity">Whether its selections are conservative, or it jumps.</param>
public sealed record KinkSite(string Node, string Function, string Where, Regularity Regularity)
{
    /// <summary>The sites of a program, in its order, functions that are defined by programs written out.</summary>
    public static IReadOnlyList<KinkSite> Of(Program program) =>
    [
        .. program.Flatten(static composite => composite.HasVjp).Nodes
            .Where(n => n.Function.Regularity != Regularity.Smooth)
            .Select(n => new KinkSite(n.Name, n.Function.Name, n.Function.Kinks, n.Function.Regularity)),
    ];
}
