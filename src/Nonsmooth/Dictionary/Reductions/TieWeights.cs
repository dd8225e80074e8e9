using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>
/// The weight of each element in the derivative of an order statistic over axes: what a rule gives the elements
/// that equal it, 0 for the others.
/// </summary>
/// <param name="Axes">The axes that were reduced, not negative.</param>
/// <param name="Rule">How k tied elements share; their rank counts in row-major order.</param>
/// <remarks>
/// Arguments x and the extremum (or median) with its axes kept as size 1. Both zeros are equal; where the
/// extremum is NaN the NaN elements tie. One comparison an element, whatever the rule. Jumps where elements
/// tie: its own derivative is 0 by convention. Source: reliability specification, 1.1.
/// </remarks>
public sealed record TieWeights(IntVector Axes, TieRule Rule) : ElementaryFunction, IBindable
{
    /// <inheritdoc/>
    public override string Name => "tie_weights";

    /// <inheritdoc/>
    public override string Attributes => $"axes={Axes}, rule={Rule}";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new()
    {
        Saves = Saved.Arguments,
        Kinks = new KinkStructure.Jump("jumps where elements tie"),
    };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Reals(arguments, 2);
        var kept = Reduction.Result(arguments[0].Shape, Axes, true);
        return arguments[1].Shape.Equals(kept)
            ? [arguments[0]]
            : throw new ShapeException($"the extremum of {arguments[0].Shape} over {Axes} must be {kept}, given {arguments[1].Shape}");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var (x, extremum) = ((Tensor<T>)arguments[0], (Tensor<T>)arguments[1]);
        var groups = Reduction.Groups(x.Shape, Axes);
        var counts = new int[extremum.Elements.Length];
        var attains = new bool[groups.Length];
        var ranks = new int[counts.Length];
        var weights = (Tensor<T>)results[0];

        return () =>
        {
            counts.AsSpan().Clear();
            ranks.AsSpan().Clear();
            for (int i = 0; i < groups.Length; i++)
            {
                attains[i] = Comparisons.Attains(x[i], extremum[groups[i]]);
                counts[groups[i]] += attains[i] ? 1 : 0;
            }

            for (int i = 0; i < groups.Length; i++)
            {
                double weight = attains[i] ? Rule.Weight(counts[groups[i]], ranks[groups[i]]++) : 0;
                weights[i] = Comparisons.Decided(x[i], weight);
            }
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) => [null];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) => [null, null];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        OperationCount.Of(ScalarOperation.Maximum, arguments[0].Shape.Count64);

    /// <summary>The weights of a function whose first argument is reduced to its first result.</summary>
    internal static Variable Of(Derivation at, Variable elements, IntVector axes, TieRule rule)
    {
        var kept = at.Results[0].Reshape(Reduction.Result(elements.Shape, axes, true));
        return at.Builder.Apply(new TieWeights(axes, rule), elements, kept);
    }
}
