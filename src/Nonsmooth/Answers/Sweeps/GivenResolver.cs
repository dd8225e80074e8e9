using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Answers;

/// <summary>At every kink a derivative that the caller gives, element by element, as an input of the program.</summary>
/// <remarks>
/// Inputs <c>slope.NODE</c> (for a function with several kinks <c>slope.NODE.0</c>, …) hold slopes, weights of a first
/// argument, or a norm's gradient. They are read at kinks only, unless <paramref name="everywhere"/>.
/// </remarks>
internal sealed class GivenResolver(bool everywhere) : IKinkResolver
{
    /// <summary>The inputs that were made, by node.</summary>
    public List<GivenSlope> Inputs { get; } = [];

    public IResolvedKink Resolve(Node node, Derivation at, IReadOnlyList<IReadOnlyList<Variable?>> tangents)
    {
        var x = at.Arguments[0];
        var kind = KinkKinds.Of(node.Function);
        if (kind == KinkKind.Norm)
        {
            var norm = (KinkStructure.Length)node.Function.Kinks;
            var length = Reduction.Spread(at.Results[0], x.Shape, norm.Axes);
            var quotient = x.Builder.Apply(new SafeDivide(0), x, length);
            return new NormKink(norm, x.Builder.Apply(new Branch(0), length, quotient, Given(node, x, 0, null), quotient));
        }

        if (kind != KinkKind.Point)
        {
            var weight = Given(node, x, 0, new Kink(0, 0, 1, 0.5));
            var difference = Functions.Subtract(x, at.Arguments[1]);
            var (below, above) = kind == KinkKind.Maximum ? (0, 1) : (1, 0);
            return new SharedKink(everywhere
                ? weight
                : x.Builder.Apply(new Branch(0), difference, Constant(x, below), weight, Constant(x, above)));
        }

        return Point(node, at);
    }

    private ScaledKink Point(Node node, Derivation at)
    {
        var x = at.Arguments[0];
        if (everywhere)
        {
            return new ScaledKink(Given(node, x, 0, null));
        }

        var points = KinkKinds.Points(node.Function);
        var rule = ((IUnaryFunction)node.Function).Rule;
        Variable? slope = null;
        for (int k = points.Count - 1; k >= 0; k--)
        {
            // Piecewise linear functions need no slope of their own; curved ones start from theirs.
            var curved = rule is IPiecewiseLinear ? null : slope ?? rule.Slope(
                Traced.Of(x), Traced.Of(at.Results[0]), Selection.Middle).Materialise(x);
            slope = x.Builder.Apply(
                new Branch(points[k].At),
                x,
                curved ?? Constant(x, points[k].Left),
                Given(node, x, k, points[k]),
                curved ?? slope ?? Constant(x, points[k].Right));
        }

        return new ScaledKink(slope!);
    }

    private Variable Given(Node node, Variable like, int index, Kink? between)
    {
        string name = $"slope.{node.Name}.{index}";
        Inputs.Add(new GivenSlope(name, node, index, between, like.Shape));
        return like.Builder.TrailingInput(name, like.Type, InputRole.Constant);
    }

    private static Variable Constant(Variable like, double value) => like.Builder.Apply(new Fill(like.Shape, value));
}

/// <summary>An input that holds slopes at the kinks of a node.</summary>
/// <param name="Name">The input.</param>
/// <param name="Node">The node.</param>
/// <param name="Index">Which of the node's kinks.</param>
/// <param name="Between">The one-sided slopes there; null for a norm, and where slopes are given everywhere.</param>
/// <param name="Shape">The input's shape.</param>
internal sealed record GivenSlope(string Name, Node Node, int Index, Kink? Between, Shape Shape);
