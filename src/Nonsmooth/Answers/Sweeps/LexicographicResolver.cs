using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Answers;

/// <summary>
/// At a kink the sign of the first nonzero tangent decides: the piece on which x + ε·t₁ + ε²·t₂ + … is for small ε &gt; 0.
/// </summary>
/// <remarks>
/// Source: complexity specification, 3.4 and 3.4b; K. A. Khan and P. I. Barton, <i>A vector forward mode of automatic
/// differentiation for generalized derivative evaluation</i> (2015).
/// </remarks>
internal sealed class LexicographicResolver : IKinkResolver
{
    /// <summary>What told the piece at each node: 0 where value and tangents all tie.</summary>
    public Dictionary<Node, Variable> Decisions { get; } = [];

    public IResolvedKink Resolve(Node node, Derivation at, IReadOnlyList<IReadOnlyList<Variable?>> tangents)
    {
        switch (KinkKinds.Of(node.Function))
        {
            case KinkKind.Maximum:
            case KinkKind.Minimum:
                var differences = tangents.Select(Difference).ToArray();
                return new ChosenKink(Told(node, Sign(Difference(at.Arguments), differences)), KinkKinds.Of(node.Function) == KinkKind.Maximum);
            case KinkKind.Norm:
                return AwayFromZero(node.Function, at, [.. tangents.Select(t => t[0])]);
            default:
                return Point(node, at, [.. tangents.Select(t => t[0])]);
        }
    }

    private IResolvedKink Point(Node node, Derivation at, Variable?[] tangents)
    {
        var x = at.Arguments[0];
        var points = KinkKinds.Points(node.Function);
        var rule = ((IUnaryFunction)node.Function).Rule;
        if (rule is IPiecewiseLinear && points is [{ At: 0 } only])
        {
            return new GatedKink(
                Pieces.One(0, only.Left, only.Selected, only.Right), Told(node, Sign(x, tangents)));
        }

        // With several kinks or curved pieces the slopes themselves are put right at the kinks.
        var side = Sign(null, tangents) ?? Constant(x, 0);
        var slope = rule is IPiecewiseLinear linear
            ? x.Builder.Apply(new Gate(linear.Pieces(Selection.Middle)), x, Constant(x, 1))
            : rule.Slope(Traced.Of(x), Traced.Of(at.Results[0]), Selection.Middle).Materialise(x);
        foreach (var kink in points)
        {
            var here = x.Builder.Apply(
                new Branch(0), side, Constant(x, kink.Left), Constant(x, kink.Selected), Constant(x, kink.Right));
            slope = x.Builder.Apply(new Branch(kink.At), x, slope, here, slope);
        }

        return new ScaledKink(slope);
    }

    private static OwnKink AwayFromZero(ElementaryFunction norm, Derivation at, Variable?[] tangents)
    {
        var x = at.Arguments[0];
        var moved = Constant(x, 0);
        foreach (var tangent in tangents.Reverse().OfType<Variable>())
        {
            moved = Moved(norm, tangent, x.Builder.Apply(norm, tangent), moved);
        }

        moved = Moved(norm, x, at.Results[0], moved);
        return new OwnKink(norm, at with
        {
            Arguments = [moved],
            Results = [x.Builder.Apply(norm, moved)],
            Selection = Selection.Default,
        });
    }

    private static Variable Moved(ElementaryFunction norm, Variable x, Variable length, Variable atZero) =>
        x.Builder.Apply(new Branch(0), Reduction.Spread(length, x.Shape, ((KinkStructure.Length)norm.Kinks).Axes), x, atZero, x);

    private Variable Told(Node node, Variable? decision) => Decisions[node] = decision!;

    // The first of value and tangents that is not 0.
    private static Variable? Sign(Variable? value, Variable?[] tangents)
    {
        Variable? decision = null;
        foreach (var tangent in tangents.Reverse().Append(value).OfType<Variable>())
        {
            decision = decision is null ? tangent : tangent.Builder.Apply(new Branch(0), tangent, tangent, decision, tangent);
        }

        return decision;
    }

    private static Variable? Difference(IReadOnlyList<Variable?> pair) => (pair[0], pair[1]) switch
    {
        ({ } a, { } b) => Functions.Subtract(a, b),
        ({ } a, null) => a,
        (null, { } b) => Functions.Negate(b),
        _ => null,
    };

    private static Variable Constant(Variable like, double value) => like.Builder.Apply(new Fill(like.Shape, value));
}
