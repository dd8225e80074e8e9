using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Answers;

/// <summary>At every kink the middle of the one-sided derivatives: equal weights, 0 for a norm.</summary>
internal sealed class FixedResolver : IKinkResolver
{
    public IResolvedKink Resolve(Node node, Derivation at, IReadOnlyList<IReadOnlyList<Variable?>> tangents)
    {
        var (a, kind) = (at.Arguments[0], KinkKinds.Of(node.Function));
        return kind switch
        {
            KinkKind.Maximum or KinkKind.Minimum => new ChosenKink(Functions.Subtract(a, at.Arguments[1]), kind == KinkKind.Maximum),
            _ => new OwnKink(node.Function, at with { Selection = kind == KinkKind.Norm ? Selection.Default : Selection.Middle }),
        };
    }
}
