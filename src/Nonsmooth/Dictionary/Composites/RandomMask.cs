using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Random truth values, each true with one probability: a pure function of a seed and a step.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Probability">The probability of true, in [0, 1].</param>
/// <param name="Seed">Which sequence of masks.</param>
/// <remarks>Takes an index scalar, the step. The same mask in every format and on every executor.</remarks>
public sealed record RandomMask(Shape Shape, double Probability, long Seed) : ElementaryFunction, IBindable
{
    /// <inheritdoc/>
    public override string Name => "random_mask";

    /// <inheritdoc/>
    public override string Attributes => string.Create(CultureInfo.InvariantCulture, $"p={Probability}, seed={Seed}");

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Arguments };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 1);
        Check.Kind(arguments, 0, ElementKind.Index);
        Check.Rank(arguments, 0, 0);
        return Probability is >= 0 and <= 1
            ? [TensorType.Boolean(Shape)]
            : throw new ShapeException($"{Attributes}: the probability of keeping must be in [0, 1]");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var (step, y) = ((Tensor<long>)arguments[0], (Tensor<bool>)results[0]);
        return () =>
        {
            var random = new CounterRandom((ulong)Seed).Derive((ulong)step[0]);
            for (int i = 0; i < y.Elements.Length; i++)
            {
                y[i] = random.Uniform((ulong)i) < Probability;
            }
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) => [null];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) => [null];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;
}
