using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>One of three values by comparing x with a constant; a NaN takes the last.</summary>
/// <param name="Threshold">The constant.</param>
/// <remarks>
/// Arguments x, below, at, above, all of one shape. Linear in the last three; in x it jumps unless they agree
/// at the threshold, and its derivative in x is 0.
/// </remarks>
public sealed record Branch(double Threshold) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Name => "branch";

    /// <inheritdoc/>
    public override string Attributes => string.Create(CultureInfo.InvariantCulture, $"at {Threshold}");

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new()
    {
        Saves = Saved.Arguments,
        Kinks = new KinkStructure.Jump(string.Create(CultureInfo.InvariantCulture, $"jumps at x = {Threshold} unless the branches agree there"), a => a[0].Elements.Contains(Threshold)),
    };

    /// <inheritdoc/>
    public override bool DecidesBy(int argument, TensorType type) => argument == 0;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) =>
        [Check.Alike(Name, arguments, 4)];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var x = (Tensor<T>)arguments[0];
        var (below, at, above) = ((Tensor<T>)arguments[1], (Tensor<T>)arguments[2], (Tensor<T>)arguments[3]);
        var y = new Tensor<T>(x.Shape);
        for (int i = 0; i < x.Elements.Length; i++)
        {
            y[i] = T.Branch(x[i], Threshold, below[i], at[i], above[i]);
        }

        return [y];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents)
    {
        if (tangents.Skip(1).All(t => t is null))
        {
            return [null];
        }

        var zero = at.Builder.Apply(new Fill(at.Arguments[0].Shape, 0));
        return [at.Builder.Apply(this, at.Arguments[0], tangents[1] ?? zero, tangents[2] ?? zero, tangents[3] ?? zero)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents)
    {
        if (cotangents[0] is not { } g)
        {
            return [null, null, null, null];
        }

        return
        [
            null,
            at.Active[1] ? Pass(1, 0, 0) : null,
            at.Active[2] ? Pass(0, 1, 0) : null,
            at.Active[3] ? Pass(0, 0, 1) : null,
        ];

        Variable Pass(double below, double here, double above) =>
            at.Builder.Apply(new Gate(Pieces.One(Threshold, below, here, above)), at.Arguments[0], g);
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        OperationCount.Of(ScalarOperation.Compare, arguments[0].Shape.Count64);
}
