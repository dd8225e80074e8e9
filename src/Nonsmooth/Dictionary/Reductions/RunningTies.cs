using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>What the derivative of a running maximum and its transpose share.</summary>
/// <param name="Axis">The axis, not negative.</param>
/// <param name="Rule">How tied elements share.</param>
/// <remarks>
/// The derivative is a recurrence, ẏ_i = (1 − b_i) ẏ_{i−1} + b_i ẋ_i, where b_i is 1 at a new maximum, 0 below the
/// maximum so far and, at the k-th element that attains it, the weight that the rule gives the last of k. So
/// first, last and average are exactly those rules among all that tie so far. Under another rule a newcomer
/// takes its weight and the earlier ones keep their proportions. It costs the same under every rule. As the running
/// maximum's derivative it is conservative if the rule's weights sum to 1, because each step then is an affine combination of
/// tied elements. Jumps where elements tie.
/// </remarks>
public abstract record RunningTies(int Axis, TieRule Rule) : ElementaryFunction
{
    /// <inheritdoc/>
    public sealed override string Attributes => $"axis={Axis}, rule={Rule}";

    /// <inheritdoc/>
    protected sealed override FunctionFacts? Facts => new()
    {
        Saves = Saved.Arguments,
        Kinks = new KinkStructure.Jump("jumps in x where elements tie"),
    };

    /// <inheritdoc/>
    public sealed override bool DecidesBy(int argument, TensorType type) => argument == 1;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Lines.Along(Check.Alike(Name, arguments).Shape, Axis);
        return [arguments[0]];
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        [tangents[0] is { } t ? at.Builder.Apply(this, t, at.Arguments[1]) : null];

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
        [at.Active[0] && cotangents[0] is { } g ? at.Builder.Apply(Transposed, g, at.Arguments[1]) : null, null];

    /// <inheritdoc/>
    public sealed override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        Reduction.Steps(arguments[0].Shape, [Axis])
            * (OperationCount.Of(ScalarOperation.Maximum, 1)
                + OperationCount.Of(ScalarOperation.Multiply, 2)
                + OperationCount.Of(ScalarOperation.Add, 1));

    /// <summary>The transpose.</summary>
    private protected abstract ElementaryFunction Transposed { get; }

    /// <summary>The weights (1 − b_i, b_i) along a line; those of the first element are unused.</summary>
    private protected void Weights<T>(Tensor<T> x, in Lines lines, int start, Span<T> kept, Span<T> taken)
        where T : struct, INumeric<T>
    {
        var best = x[start];
        int tied = 1;
        for (int i = 1; i < lines.Length; i++)
        {
            var element = x[start + (i * lines.Step)];
            int outcome = CumulativeMaximum.Exceeds(element, best);
            (best, tied) = outcome > 0 ? (element, 1) : (best, outcome == 0 ? tied + 1 : tied);
            double weight = outcome < 0 ? 0 : outcome > 0 ? 1 : Rule.Weight(tied, tied - 1);
            kept[i] = Comparisons.Decided(element, 1 - weight);
            taken[i] = Comparisons.Decided(element, weight);
        }
    }
}
