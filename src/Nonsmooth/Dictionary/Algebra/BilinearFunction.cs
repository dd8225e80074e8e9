using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>A function that is linear in each of its first two arguments, plus a third, the bias, if it is given.</summary>
/// <remarks>
/// Its jvp is itself with one argument replaced by its tangent, summed over both; its vjp are the two
/// adjoints, which are bilinear functions of the dictionary again.
/// </remarks>
public abstract record BilinearFunction : ElementaryFunction
{
    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with
    {
        Saves = Saved.Arguments,
        IsPiecewiseLinear = static active => active.Take(2).Count(a => a) < 2,
    };

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents)
    {
        var bias = tangents.Count > 2 ? tangents[2] : null;
        if (tangents[0] is null && tangents[1] is null)
        {
            return [bias is null ? null : Spread(at, bias)];
        }

        Variable? sum = null;
        if (tangents[0] is { } left)
        {
            sum = Apply(at, left, at.Arguments[1], bias);
            bias = null;
        }

        if (tangents[1] is { } right)
        {
            var term = Apply(at, at.Arguments[0], right, bias);
            sum = sum is null ? term : sum + term;
        }

        return [sum];
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents)
    {
        var result = new Variable?[at.Arguments.Count];
        if (cotangents[0] is { } g)
        {
            result[0] = at.Active[0] ? LeftAdjoint(at, g) : null;
            result[1] = at.Active[1] ? RightAdjoint(at, g) : null;
            if (result.Length > 2)
            {
                result[2] = at.Active[2] ? Gather(at, g) : null;
            }
        }

        return result;
    }

    /// <summary>The axis of the result along which the bias varies.</summary>
    protected virtual int BiasAxis => 0;

    /// <summary>The cotangent of the first argument.</summary>
    protected abstract Variable LeftAdjoint(Derivation at, Variable cotangent);

    /// <summary>The cotangent of the second argument.</summary>
    protected abstract Variable RightAdjoint(Derivation at, Variable cotangent);

    private Variable Apply(Derivation at, Variable left, Variable right, Variable? bias) => bias is null
        ? at.Builder.Apply(this, left, right)
        : at.Builder.Apply(this, left, right, bias);

    private Variable Spread(Derivation at, Variable bias)
    {
        var shape = at.Results[0].Shape;
        var sizes = new int[shape.Rank - shape.Axis(BiasAxis)];
        sizes.AsSpan().Fill(1);
        sizes[0] = bias.Shape[0];
        return Broadcasting.To(bias.Reshape(new Shape(sizes)), shape);
    }

    private Variable Gather(Derivation at, Variable cotangent)
    {
        int kept = cotangent.Shape.Axis(BiasAxis);
        int[] axes = [.. Enumerable.Range(0, cotangent.Shape.Rank).Where(axis => axis != kept)];
        return axes.Length == 0 ? cotangent : at.Builder.Apply(new Sum(axes, false), cotangent);
    }
}
