using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Testing.Tests;

/// <summary>The absolute value as someone outside the library would write it, with one flaw.</summary>
internal sealed record FlawedAbs(Flaw Flaw) : ElementaryFunction
{
    public override string Name => "flawed_abs";

    protected override FunctionFacts? Facts => Flaw == Flaw.SaysItIsSmooth ? FunctionFacts.Smooth : new()
    {
        Kinks = new KinkStructure.Points("x = 0", _ => Flaw switch
        {
            Flaw.MovedKink => [new Kink(0.5, -1, 1, 1)],
            Flaw.SelectedSlope => [new Kink(0, -1, 1, 0.25)],
            _ => [new Kink(0, -1, 1, 0)],
        }),
    };

    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) => arguments;

    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var x = (Tensor<T>)arguments[0];
        var far = T.FromDouble(1000);
        var y = Tensor.Generate(x.Shape, i => Flaw == Flaw.LosesDigits ? (T.Abs(x[i]) + far) - far : T.Abs(x[i]));
        if (Flaw == Flaw.WritesItsArgument)
        {
            x[0] = y[0];
        }

        return Flaw == Flaw.Type ? [new Tensor<long>(x.Shape)] : [y];
    }

    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        [tangents[0] is { } t ? Functions.Sign(at.Arguments[0]) * (Flaw == Flaw.Tangent ? 2 * t : t) : null];

    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
        [cotangents[0] is { } c ? Functions.Sign(at.Arguments[0]) * (Flaw == Flaw.Cotangent ? 2 * c : c) : null];

    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        OperationCount.Of(ScalarOperation.Compare, arguments[0].Shape.Count64 + (Flaw == Flaw.Count ? 1 : 0))
        + (Flaw == Flaw.LosesDigits ? OperationCount.Of(ScalarOperation.AddConstant, 2 * arguments[0].Shape.Count64) : OperationCount.Zero);
}
