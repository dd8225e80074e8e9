using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Random real numbers, independent of one another: a pure function of a seed and a step.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Law">How they are distributed.</param>
/// <param name="Seed">Which sequence.</param>
/// <remarks>
/// Takes an index scalar, the step. Uniform numbers are multiples of 2⁻²⁴, so that none is rounded to 1 in 32 bits. The same numbers in every format, rounded to it, and on
/// every executor. Nothing they depend on is real, so there is no derivative to take.
/// </remarks>
public sealed record RandomReals(Shape Shape, RandomLaw Law, long Seed) : ElementaryFunction, IBindable
{
    private const double Ulp = 1.0 / (1 << 24);

    /// <inheritdoc/>
    public override string Name => "random_reals";

    /// <inheritdoc/>
    public override string Attributes => string.Create(CultureInfo.InvariantCulture, $"{(Law == RandomLaw.Normal ? "normal" : "uniform")}, seed={Seed}");

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Arguments };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 1);
        Check.Kind(arguments, 0, ElementKind.Index);
        Check.Rank(arguments, 0, 0);
        return [TensorType.Real(Shape)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var (step, y) = ((Tensor<long>)arguments[0], (Tensor<T>)results[0]);
        return () =>
        {
            var random = new CounterRandom((ulong)Seed).Derive((ulong)step[0]);
            for (int i = 0; i < y.Elements.Length; i++)
            {
                y[i] = T.Varying(Law == RandomLaw.Normal ? random.Normal((ulong)i) : (random.At((ulong)i) >> 8) * Ulp);
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

/// <summary>How random numbers are distributed.</summary>
public enum RandomLaw
{
    /// <summary>Uniform on [0, 1).</summary>
    Uniform,

    /// <summary>Normal, of mean 0 and variance 1.</summary>
    Normal,
}
