using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>A piecewise linear function of one variable, its piece told by a number.</summary>
internal sealed record GatedKink(Pieces Slopes, Variable Decision) : IResolvedKink
{
    public Variable? Jvp(IReadOnlyList<Variable?> tangents) => tangents[0] is { } t ? Gate(t) : null;

    public IReadOnlyList<Variable?> Vjp(Variable cotangent) => [Gate(cotangent)];

    private Variable Gate(Variable direction) => direction.Builder.Apply(new Gate(Slopes), Decision, direction);
}

/// <summary>A function of one variable, its slope given.</summary>
internal sealed record ScaledKink(Variable Slope) : IResolvedKink
{
    public Variable? Jvp(IReadOnlyList<Variable?> tangents) => tangents[0] is { } t ? Functions.Multiply(Slope, t) : null;

    public IReadOnlyList<Variable?> Vjp(Variable cotangent) => [Functions.Multiply(Slope, cotangent)];
}

/// <summary>An extremum of two, told by the sign of the first less the second.</summary>
internal sealed record ChosenKink(Variable Decision, bool Largest) : IResolvedKink
{
    public Variable? Jvp(IReadOnlyList<Variable?> tangents)
    {
        var zero = Decision.Builder.Apply(new Fill(Decision.Shape, 0));
        var (a, b) = (tangents[0] ?? zero, tangents[1] ?? zero);
        var (above, below) = Largest ? (a, b) : (b, a);
        return tangents[0] is null && tangents[1] is null
            ? null
            : Decision.Builder.Apply(new Branch(0), Decision, below, above, above);
    }

    public IReadOnlyList<Variable?> Vjp(Variable cotangent)
    {
        var above = cotangent.Builder.Apply(new Gate(Pieces.One(0, 0, 0.5, 1)), Decision, cotangent);
        var below = cotangent.Builder.Apply(new Gate(Pieces.One(0, 1, 0.5, 0)), Decision, cotangent);
        return Largest ? [above, below] : [below, above];
    }
}

/// <summary>An extremum of two, shared by a weight of the first.</summary>
internal sealed record SharedKink(Variable Weight) : IResolvedKink
{
    public Variable? Jvp(IReadOnlyList<Variable?> tangents)
    {
        var a = tangents[0] is { } ta ? Functions.Multiply(Weight, ta) : null;
        var b = tangents[1] is { } tb ? Functions.Subtract(tb, Functions.Multiply(Weight, tb)) : null;
        return a is null ? b : b is null ? a : Functions.Add(a, b);
    }

    public IReadOnlyList<Variable?> Vjp(Variable cotangent)
    {
        var first = Functions.Multiply(Weight, cotangent);
        return [first, Functions.Subtract(cotangent, first)];
    }
}

/// <summary>A function differentiated by its own rule, at a point that may be another than the program's.</summary>
internal sealed record OwnKink(ElementaryFunction Function, Derivation At) : IResolvedKink
{
    public Variable? Jvp(IReadOnlyList<Variable?> tangents) => Function.Jvp(At, tangents)[0];

    public IReadOnlyList<Variable?> Vjp(Variable cotangent) => Function.Vjp(At, [cotangent]);
}

/// <summary>A 2-norm, its gradient given.</summary>
internal sealed record NormKink(KinkStructure.Length Function, Variable Gradient) : IResolvedKink
{
    public Variable? Jvp(IReadOnlyList<Variable?> tangents) => tangents[0] is { } t
        ? t.Builder.Apply(new Sum(Function.Axes, Function.KeepAxes), Functions.Multiply(Gradient, t))
        : null;

    public IReadOnlyList<Variable?> Vjp(Variable cotangent) =>
        [Functions.Multiply(Gradient, Reduction.Spread(cotangent, Gradient.Shape, Function.Axes))];
}
