using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>a / b, but a constant where b is 0: x/‖x‖ with the slope selected at the zero vector.</summary>
/// <param name="AtZero">The result where b = 0, whatever a is; NaN is allowed.</param>
/// <remarks>
/// Both arguments have one shape. It jumps at b = 0, where its derivative is 0 in both arguments by convention.
/// One division and one comparison an element.
/// </remarks>
public sealed record SafeDivide(double AtZero) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Name => "safe_divide";

    /// <inheritdoc/>
    public override string Attributes => string.Create(CultureInfo.InvariantCulture, $"{AtZero:R} at 0");

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new()
    {
        Saves = Saved.Arguments,
        Kinks = new KinkStructure.Jump("jumps where b = 0", static a => a[1].Elements.Contains(0)),
    };

    /// <inheritdoc/>
    public override bool DecidesBy(int argument, TensorType type) => false;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) =>
        [Check.Alike(Name, arguments)];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var (a, b) = ((Tensor<T>)arguments[0], (Tensor<T>)arguments[1]);
        var y = new Tensor<T>(a.Shape);
        var atZero = T.FromDouble(AtZero);
        for (int i = 0; i < a.Elements.Length; i++)
        {
            var quotient = a[i] / b[i];
            y[i] = T.Branch(b[i], 0, quotient, atZero, quotient);
        }

        return [y];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents)
    {
        var (b, y) = (at.Arguments[1], at.Results[0]);
        var moved = tangents[1] is { } tb ? Functions.Multiply(y, tb) : null;
        var numerator = (tangents[0], moved) switch
        {
            (null, null) => null,
            ({ } ta, null) => ta,
            (null, { } m) => Functions.Negate(m),
            ({ } ta, { } m) => Functions.Subtract(ta, m),
        };
        return [numerator is null ? null : at.Builder.Apply(new SafeDivide(0), numerator, b)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents)
    {
        if (cotangents[0] is not { } g)
        {
            return [null, null];
        }

        var share = at.Builder.Apply(new SafeDivide(0), g, at.Arguments[1]);
        return
        [
            at.Active[0] ? share : null,
            at.Active[1] ? Functions.Negate(Functions.Multiply(share, at.Results[0])) : null,
        ];
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => arguments[0].Shape.Count64
        * (OperationCount.Of(ScalarOperation.Divide, 1) + OperationCount.Of(ScalarOperation.Compare, 1));
}
