using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>a where a mask holds, b elsewhere.</summary>
/// <remarks>
/// Arguments mask, a, b of one shape; a and b of one kind, any. Linear in a and b: the derivative is that of the
/// branch taken. With a mask of comparisons the whole is path-differentiable, and this rule conservative, where the branches
/// meet at the border and are C¹ beyond it (Bolte and Pauwels, 2020); where they do not meet it jumps, which is not checked. A branch that is not taken gets the cotangent 0, which its own rules may still turn into NaN
/// (<c>where(x &gt; 0, sqrt(x), 0)</c> at 0): guard its argument as well.
/// </remarks>
public sealed record Select : ElementaryFunction, IBindable
{
    /// <inheritdoc/>
    public override string Name => "select";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Nothing, IsPiecewiseLinear = static _ => true };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 3);
        var mask = Check.Kind(arguments, 0, ElementKind.Boolean);
        return arguments[1] == arguments[2] && mask.Equals(arguments[1].Shape)
            ? [arguments[1]]
            : throw new ShapeException($"select takes a mask and two arguments of its shape and of one kind, given {arguments[0]}, {arguments[1]} and {arguments[2]}");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var mask = (Tensor<bool>)arguments[0];
        return arguments[1] switch
        {
            Tensor<T> reals => Choose(mask, reals, (Tensor<T>)arguments[2], (Tensor<T>)results[0]),
            Tensor<long> indices => Choose(mask, indices, (Tensor<long>)arguments[2], (Tensor<long>)results[0]),
            _ => Choose(mask, (Tensor<bool>)arguments[1], (Tensor<bool>)arguments[2], (Tensor<bool>)results[0]),
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        [tangents[1] is null && tangents[2] is null ? null : Choose(at, tangents[1], tangents[2])];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
        cotangents[0] is { } g
            ? [null, at.Active[1] ? Choose(at, g, null) : null, at.Active[2] ? Choose(at, null, g) : null]
            : [null, null, null];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;

    private static Action Choose<TElement>(Tensor<bool> mask, Tensor<TElement> a, Tensor<TElement> b, Tensor<TElement> y)
        where TElement : struct => () =>
        {
            for (int i = 0; i < y.Elements.Length; i++)
            {
                y[i] = mask[i] ? a[i] : b[i];
            }
        };

    private Variable Choose(Derivation at, Variable? a, Variable? b)
    {
        var shape = at.Arguments[0].Shape;
        return at.Builder.Apply(
            this,
            at.Arguments[0],
            a ?? at.Builder.Apply(new Fill(shape, 0)),
            b ?? at.Builder.Apply(new Fill(shape, 0)));
    }
}

public static partial class Functions
{
    /// <summary>a where the mask holds, b elsewhere. The three are broadcast to one shape.</summary>
    public static Variable Where(Variable mask, Variable a, Variable b)
    {
        Shape common;
        try
        {
            common = Broadcasting.Common(mask.Shape, Broadcasting.Common(a.Shape, b.Shape));
        }
        catch (ShapeException e)
        {
            throw new ShapeException($"where({mask.Name}, {a.Name}, {b.Name}): {e.Message}", e);
        }

        return mask.Builder.Apply(
            new Select(), Broadcasting.To(mask, common), Broadcasting.To(a, common), Broadcasting.To(b, common));
    }

    /// <summary>a where the mask holds, a constant elsewhere.</summary>
    public static Variable Where(Variable mask, Variable a, double b) =>
        Where(mask, a, mask.Builder.Apply(new Fill(Shape.Scalar, b)));

    /// <summary>A constant where the mask holds, b elsewhere.</summary>
    public static Variable Where(Variable mask, double a, Variable b) =>
        Where(mask, mask.Builder.Apply(new Fill(Shape.Scalar, a)), b);
}
